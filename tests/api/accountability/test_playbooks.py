"""Playbooks: drafted by anybody, approved by somebody else, replaced at once."""

import asyncio
from typing import Any

import pytest

from domain.roles import Group
from tests.api.accountability.playbook_scene import (
    LIMITS,
    PLAYBOOK,
    approve,
    approved,
    close,
    draft_anew,
    drafted,
    on_stage,
)
from tests.api.voices.scene import code, etag
from tests.world import World

F, S, D, X = Group


async def test_a_playbook_from_its_draft_to_its_replacement(world: World) -> None:
    place, moment = await on_stage(world)
    before = await place.revision()
    draft = await drafted(place[F], moment, situation="The plan they want is sold out.")
    assert (draft["status"], draft["version"], draft["steps"]) == ("draft", 1, ["Say sorry."])
    assert draft["limits"] == dict.fromkeys(Group)
    assert (draft["touchpoint_name"], draft["moment_id"]) == ("Wait", moment)
    path = f"/v1/playbooks/{draft['id']}"
    better = await place[F].patch(path, {"steps": ["Say sorry.", "Call."]}, **etag(1))
    assert (better.json()["version"], better.headers["etag"]) == (2, '"2"')
    first = (await approve(place[D], better.json(), currency="EUR", limits=LIMITS)).json()
    assert (first["status"], first["currency"]) == ("approved", "EUR")
    assert first["limits"] == LIMITS | {"executive": None}
    assert first["approved_by"] == str(place[D].member_id)
    anew = (await draft_anew(place[S], first)).json()
    assert (anew["replaces_id"], anew["created_by"]) == (first["id"], str(place[S].member_id))
    kept = ("title", "situation", "steps", "recovery_kind", "currency", "limits", "moment_id")
    assert {name: anew[name] for name in kept} == {name: first[name] for name in kept}
    assert (await place[F].read(path))["status"] == "approved"
    second = (await approve(place[X], anew, limits={"executive": 50_000})).json()
    assert second["limits"] == LIMITS | {"executive": 50_000}
    assert (await place[F].read(path))["status"] == "superseded"
    assert await place.verbs(before) == [
        "playbook.drafted",
        "playbook.updated",
        "playbook.approved",
        "playbook.drafted",
        "playbook.approved",
        "playbook.superseded",
    ]


async def test_nobody_approves_what_they_wrote(world: World) -> None:
    place, moment = await on_stage(world)
    draft = await drafted(place[D], moment)
    refused = await approve(place[D], draft)
    assert code(refused, 403) == "forbidden"
    assert "You wrote it yourself. Ask somebody else" in refused.json()["detail"]
    assert (await approve(place[X], draft)).status_code == 200
    for group in (F, S):
        assert code(await approve(place[group], await drafted(place[D], moment)), 403)


async def test_only_its_author_changes_a_draft(world: World) -> None:
    place, moment = await on_stage(world)
    draft = await drafted(place[F], moment)
    path, other = f"/v1/playbooks/{draft['id']}", {"title": "Other"}
    for group in (S, D, X):
        assert code(await place[group].patch(path, other, **etag(1)), 403) == "forbidden"
    assert code(await place[F].patch(path, other), 428) == "precondition_required"
    assert code(await place[F].patch(path, other, **etag(7)), 412) == "stale"
    assert (await place[F].patch(path, {"title": "Call back"}, **etag(1))).json()["version"] == 1


async def test_what_is_approved_is_drafted_anew_once(world: World) -> None:
    place, moment = await on_stage(world)
    first = await approved(place, moment)
    path = f"/v1/playbooks/{first['id']}"
    refused = await place[F].patch(path, {"title": "Other"}, **etag(2))
    assert code(refused, 409) == "playbook_approved"
    assert "draft it anew" in refused.json()["detail"]
    assert code(await approve(place[X], first), 409) == "playbook_approved"
    replies = await asyncio.gather(*(draft_anew(who.patient(), first) for who in (place[F],) * 5))
    assert sorted(reply.status_code for reply in replies) == [201, 409, 409, 409, 409]
    told = next(reply for reply in replies if reply.status_code == 409)
    assert told.json()["code"] == "playbook_drafted"
    [anew] = (await place[F].read(f"/v1/moments/{moment}/playbooks?status=draft"))["items"]
    assert code(await draft_anew(place[F], anew), 409) == "playbook_draft"
    assert (await approve(place[D], anew)).status_code == 200
    assert code(await draft_anew(place[F], first), 409) == "playbook_superseded"
    assert code(await place[F].patch(path, {"title": "x"}, **etag(3)), 409) == "playbook_superseded"


async def test_two_approvers_approve_once(world: World) -> None:
    place, moment = await on_stage(world)
    draft = await drafted(place[F], moment)
    both = await asyncio.gather(*(approve(place[one].patient(), draft) for one in (D, X)))
    assert sorted(reply.status_code for reply in both) == [200, 412]


async def test_another_currency_takes_other_limits(world: World) -> None:
    place, moment = await on_stage(world)
    anew = (await draft_anew(place[F], await approved(place, moment))).json()
    refused = await approve(place[D], anew, currency="JPY", limits={"frontline_staff": 1})
    assert code(refused, 422) == "limits_required"
    assert refused.json()["errors"][0]["pointer"] == "#/limits"
    every = dict.fromkeys(Group, 300_000)
    assert (await approve(place[D], anew, currency="JPY", limits=every)).status_code == 200


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"title": "  ", "recovery_kind": "fix"}, "#/title"),
        ({"title": "Call", "recovery_kind": "magic"}, "#/recovery_kind"),
        (PLAYBOOK | {"currency": "EUR"}, "#/currency"),
        (PLAYBOOK | {"limit_executive": 1}, "#/limit_executive"),
    ],
)
async def test_a_draft_says_what_and_sets_no_limits(
    world: World, body: dict[str, Any], pointer: str
) -> None:
    place, moment = await on_stage(world)
    refused = await place[F].post(f"/v1/moments/{moment}/playbooks", body)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    "terms", [{"currency": "euro"}, {"limits": {"executive": -1}}, {"limits": {"admin": 1}}]
)
async def test_limits_are_amounts_of_a_currency(world: World, terms: dict[str, Any]) -> None:
    place, moment = await on_stage(world)
    draft = await drafted(place[F], moment)
    assert (await approve(place[D], draft, **terms)).status_code == 400


async def test_may_follows_state_and_author(world: World) -> None:
    place, moment = await on_stage(world)
    draft = await drafted(place[F], moment)
    path = f"/v1/playbooks/{draft['id']}"
    assert draft["may"] == ["update_playbook"]
    assert (await place[S].read(path))["may"] == []
    assert (await place[D].read(path))["may"] == ["approve_playbook"]
    assert (await approve(place[D], draft)).json()["may"] == ["draft_playbook", "use_playbook"]
    await close(place)
    assert (await place[F].read(path))["may"] == ["use_playbook"]


async def test_a_playbook_goes_with_its_moment(world: World) -> None:
    place, moment = await on_stage(world)
    draft, used = await drafted(place[F], moment), await approved(place, moment)
    path = f"/v1/touchpoints/{place.touchpoint}"
    gone = await place.owner.delete(path, **etag(1))
    assert gone.status_code == 204
    assert code(await place[F].get(f"/v1/playbooks/{draft['id']}"), 404) == "not_found"
    assert code(await place[F].get(f"/v1/moments/{moment}/playbooks"), 404) == "not_found"
    assert code(await approve(place[D], draft), 404) == "not_found"
    assert (await place.owner.post(f"/v1/subjects/{place.touchpoint}/restore")).status_code == 200
    reason = {"reason": "Automated."}
    await place[X].post(f"/v1/moments/{moment}/retire", reason, **etag(1))
    for refused in (
        await place[F].post(f"/v1/moments/{moment}/playbooks", PLAYBOOK),
        await draft_anew(place[F], used),
        await approve(place[D], draft),
        await place[F].patch(f"/v1/playbooks/{draft['id']}", {"title": "x"}, **etag(1)),
        await place[F].post(f"/v1/playbooks/{used['id']}/uses", {}),
    ):
        assert code(refused, 409) == "moment_retired"
    assert (await place[D].read(f"/v1/playbooks/{draft['id']}"))["may"] == []


async def test_what_is_not_seen_is_not_there(world: World) -> None:
    place, moment = await on_stage(world, restricted=True)
    draft = await drafted(place.owner, moment)
    stranger = (await world.organization()).admin
    for caller in (place[X], stranger):
        assert code(await caller.get(f"/v1/playbooks/{draft['id']}"), 404) == "not_found"
        assert code(await caller.get(f"/v1/moments/{moment}/playbooks"), 404) == "not_found"
        assert code(await caller.get(f"/v1/playbooks/{draft['id']}/uses"), 404) == "not_found"
        assert code(await caller.post(f"/v1/moments/{moment}/playbooks", PLAYBOOK), 404)
        assert code(await approve(caller, draft), 404) == "not_found"


async def test_the_list_is_paged_newest_first(world: World) -> None:
    place, moment = await on_stage(world)
    made = [(await drafted(place[F], moment, title=f"{n}"))["id"] for n in range(3)]
    path = f"/v1/moments/{moment}/playbooks?limit=2"
    first = await place[S].read(path)
    rest = await place[S].read(f"{path}&cursor={first['next_cursor']}")
    assert [one["id"] for one in first["items"] + rest["items"]] == made[::-1]
    assert rest["next_cursor"] is None
    bad = await place[S].get(f"{path}&cursor={first['next_cursor']}&status=draft")
    assert code(bad, 400) == "invalid_cursor"
    assert (await place[S].read(f"{path}&status=approved"))["items"] == []
