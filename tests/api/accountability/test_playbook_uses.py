"""Using a playbook: within one's limit, logged, and told later how it went."""

from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest

from domain.roles import Group
from tests.api.accountability.playbook_scene import (
    approved,
    close,
    draft_anew,
    drafted,
    on_stage,
)
from tests.api.voices.scene import Scene, code
from tests.world import Caller, World

F, S, D, X = Group


async def use(by: Caller, playbook: dict[str, Any], **fields: Any) -> Any:
    return await by.post(f"/v1/playbooks/{playbook['id']}/uses", fields)


async def below(place: Scene, *chain: Caller) -> None:
    """Make each the manager of the one before."""
    for member, manager in pairwise(chain):
        path = f"/v1/members/{member.member_id}"
        version = (await place.owner.read(path))["version"]
        body = {"manager_id": str(manager.member_id)}
        reply = await place.owner.patch(path, body, If_Match=f'"{version}"')
        assert reply.status_code == 200, reply.text


async def test_a_use_is_logged_and_its_result_told_later(world: World) -> None:
    place, moment = await on_stage(world)
    playbook = await approved(place, moment, currency="EUR")
    before = await place.revision()
    reply = await use(place[F], playbook, amount=2000, situation="Sold out.")
    made = reply.json()
    assert reply.headers["location"] == f"/v1/playbook-uses/{made['id']}"
    assert (made["amount"], made["currency"], made["result"]) == (2000, "EUR", "pending")
    assert made["member_id"] == str(place[F].member_id)
    await use(place[S], playbook, result="not_recovered", result_note="They left.")
    path = reply.headers["location"]
    told = {"result": "recovered", "result_note": "They stayed."}
    later = await place[F].patch(path, told)
    assert (later.json()["version"], later.json()["result"]) == (2, "recovered")
    assert (await place[F].patch(path, told)).json()["version"] == 2
    assert await place[X].read(path) == later.json()
    log = await place[D].read(f"/v1/playbooks/{playbook['id']}/uses?limit=1")
    ended = {"pending": 0, "recovered": 1, "partly_recovered": 0, "not_recovered": 1}
    assert log["tallies"] == ended | {"n": 2}
    assert [one["result_note"] for one in log["items"]] == ["They left."]
    query = f"limit=1&cursor={log['next_cursor']}"
    rest = await place[D].read(f"/v1/playbooks/{playbook['id']}/uses?{query}")
    assert (rest["items"], rest["next_cursor"]) == ([later.json()], None)
    assert await place.verbs(before) == [
        "playbook.used",
        "playbook.used",
        "playbook_use.result_recorded",
    ]


async def test_beyond_the_limit_one_is_told_who_may(world: World) -> None:
    place, moment = await on_stage(world)
    playbook = await approved(place, moment)
    mia = await place.org.member(S, name="Mia of support")
    max_ = await place.org.member(D, name="Max the manager")
    eva = await place.org.member(X, name="Eva above all")
    dora = await place.org.member(D, name="Dora high up")
    await below(place, place[F], mia, max_, eva, dora)
    refused = await use(place[F], playbook, amount=2001)
    assert code(refused, 403) == "forbidden"
    detail = refused.json()["detail"]
    assert "limit of your group (2000 in minor units of USD)" in detail
    assert "Ask decision-makers (up to 9000)." in detail
    assert "Above you, who may: Max the manager or Dora high up." in detail
    assert refused.json()["errors"][0] | {"detail": ""} == {
        "detail": "",
        "code": "beyond_limit",
        "pointer": "#/amount",
        "parameter": None,
    }
    assert (await use(max_, playbook, amount=2001)).status_code == 201


async def test_who_is_suspended_is_not_named(world: World) -> None:
    place, moment = await on_stage(world)
    playbook = await approved(place, moment)
    gone = await place.org.member(D, name="Gone for good")
    await below(place, place[F], gone)
    path = f"/v1/members/{gone.member_id}"
    version = (await place.owner.read(path))["version"]
    suspended = await place.owner.patch(path, {"status": "suspended"}, If_Match=f'"{version}"')
    assert suspended.status_code == 200, suspended.text
    detail = (await use(place[F], playbook, amount=2001)).json()["detail"]
    assert detail.endswith("Ask decision-makers (up to 9000).")


async def test_who_does_not_see_the_journey_is_not_named(world: World) -> None:
    place, moment = await on_stage(world)
    playbook = await approved(place, moment)
    unit = await place.owner.made("/v1/departments", {"name": "Claims"})
    blind = await place.org.member(D, name="Blind to it")
    named = await place.org.member(D, name="Named by it")
    there = await place.org.member(D, name="Of the unit", department_id=UUID(unit["id"]))
    await below(place, place[F], blind, named, there)
    path = f"/v1/journeys/{place.journey}"
    for grantee in (
        {"group": F},
        {"member_id": str(named.member_id)},
        {"department_id": unit["id"]},
    ):
        await place.owner.made(f"{path}/grants", {"role": "participant"} | grantee)
    version = (await place.owner.read(path))["version"]
    hidden = await place.owner.patch(path, {"restricted": True}, If_Match=f'"{version}"')
    assert hidden.status_code == 200, hidden.text
    detail = (await use(place[F], playbook, amount=2001)).json()["detail"]
    assert detail.endswith("Above you, who may: Named by it or Of the unit.")


async def test_five_of_a_long_chain_are_named_nearest_first(world: World) -> None:
    place, moment = await on_stage(world)
    playbook = await approved(place, moment)
    chain = [await place.org.member(D, name=f"Boss {n}") for n in range(6)]
    await below(place, place[F], *chain)
    detail = (await use(place[F], playbook, amount=9000)).json()["detail"]
    assert "Above you, who may: Boss 0, Boss 1, Boss 2, Boss 3, or Boss 4." in detail


async def test_where_nobody_may_one_is_told_how_limits_rise(world: World) -> None:
    place, moment = await on_stage(world)
    playbook = await approved(place, moment)
    refused = await use(place[X], playbook, amount=9001)
    assert code(refused, 403) == "forbidden"
    assert "limit of your group (0 " in refused.json()["detail"]
    assert "No group may spend as much: draft the playbook anew" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("group", "amount", "status"),
    [(F, 2000, 201), (F, 2001, 403), (S, 0, 201), (S, 1, 403), (D, 9000, 201), (X, 0, 201)],
)
async def test_the_limit_is_of_the_group(
    world: World, group: Group, amount: int, status: int
) -> None:
    place, moment = await on_stage(world)
    reply = await use(place[group], await approved(place, moment), amount=amount)
    assert reply.status_code == status, reply.text


async def test_a_locked_journey_keeps_nobody_from_recovering(world: World) -> None:
    place, moment = await on_stage(world)
    playbook = await approved(place, moment)
    await close(place)
    made = (await use(place[F], playbook, amount=5)).json()
    told = await place[F].patch(f"/v1/playbook-uses/{made['id']}", {"result": "recovered"})
    assert told.json()["result"] == "recovered"


async def test_only_what_is_approved_can_be_used(world: World) -> None:
    place, moment = await on_stage(world)
    draft = await drafted(place[F], moment)
    refused = await use(place[F], draft, amount=1)
    assert code(refused, 409) == "playbook_draft"
    assert "to approve it first" in refused.json()["detail"]
    first = await approved(place, moment)
    made = (await use(place[F], first)).json()
    anew = (await draft_anew(place[F], first)).json()
    path = f"/v1/playbooks/{anew['id']}/approve"
    assert (await place[D].post(path, {}, If_Match='"1"')).status_code == 200
    assert code(await use(place[F], first), 409) == "playbook_superseded"
    late = await place[F].patch(f"/v1/playbook-uses/{made['id']}", {"result": "recovered"})
    assert late.json()["result"] == "recovered"


async def test_nobody_else_tells_what_came_of_a_use(world: World) -> None:
    place, moment = await on_stage(world)
    made = (await use(place[F], await approved(place, moment))).json()
    path = f"/v1/playbook-uses/{made['id']}"
    for caller in (place[S], place[X], place.owner):
        refused = await caller.patch(path, {"result": "recovered"})
        assert code(refused, 403) == "forbidden"
        assert "Only whoever used the playbook" in refused.json()["detail"]
    stranger = (await world.organization()).admin
    assert code(await stranger.patch(path, {"result": "recovered"}), 404) == "not_found"
    assert code(await stranger.get(path), 404) == "not_found"


@pytest.mark.parametrize(
    "body",
    [
        {"amount": -1}, {"amount": 1.5}, {"amount": "1"}, {"amount": 10**12 + 1},
        {"result": "great"}, {"currency": 1},
    ],
)  # fmt: skip
async def test_a_use_is_told_in_whole_minor_units(world: World, body: dict[str, Any]) -> None:
    place, moment = await on_stage(world)
    playbook = await approved(place, moment)
    assert (await use(place[F], playbook, **body)).status_code == 400
