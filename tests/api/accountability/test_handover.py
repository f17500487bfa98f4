"""When somebody leaves: what they answered for goes on with another, as far as the actor may."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from domain import ledger
from domain.database import Row
from domain.facts import Verb
from domain.ids import new_id
from domain.ledger import Fact
from domain.models.maps.journeys import Journey
from domain.roles import Group
from domain.services.steps.subjects import subject
from tests.api.accountability.answering import Moment, act, moment_of
from tests.api.voices.scene import code
from tests.world import Caller, World, actor_of

F, S, D, X = Group


@pytest.fixture
async def moment(world: World) -> Moment:
    return await moment_of(world)


async def handed(
    by: Caller, of: Caller, to: Caller, note: str = "She moves to Graz."
) -> httpx.Response:
    body = {"to_member_id": str(to.member_id), "note": note}
    return await by.post(f"/v1/members/{of.member_id}/handover", body)


async def elsewhere(moment: Moment, **fields: Any) -> tuple[str, str]:
    """Another journey with a moment, owned by somebody else."""
    owner = await moment.org.member(D)
    journey = await moment.org.journey(owner=owner, **fields)
    stage = await owner.made(f"/v1/journeys/{journey}/stages", {"name": "Ride"})
    at = await owner.made(f"/v1/stages/{stage['id']}/touchpoints", {"name": "Call"})
    made = await owner.made(f"/v1/touchpoints/{at['id']}/moments", {})
    return str(journey), str(made["id"])


async def restrict(moment: Moment, moment_id: str) -> None:
    """Let only those with a role on it see the journey of a moment."""
    found = await moment.org.admin.read(f"/v1/moments/{moment_id}")
    async with moment.place.world.database.transaction(moment.org.id) as tx:
        actor = actor_of(moment.owner, moment.org.id)
        _, _, journey = await subject(tx, actor, Journey, UUID(found["journey_id"]))
        journey.restricted = True
        journey.version += 1
        head = await ledger.lock(tx, actor, journey.id)
        await ledger.record(tx, actor, head, Fact(Verb.JOURNEY_UPDATED, journey))


async def assigned(by: Caller, moment_id: str, whom: Caller, role: str) -> dict[str, Any]:
    body = {"role": role, "member_id": str(whom.member_id)}
    return await by.made(f"/v1/moments/{moment_id}/responsibilities", body)


async def test_what_they_answered_for_goes_on_with_another(moment: Moment) -> None:
    ann, boss, bob = moment.ann, moment.boss, await moment.org.member(F)
    old = await moment.accepted(ann)
    _, other = await elsewhere(moment)
    there = await assigned(boss, other, ann, "informed")
    await moment.set_status(ann, "suspended")
    before = await moment.place.revision()
    reply = await handed(boss, ann, bob)
    assert reply.status_code == 200, reply.text
    told = reply.json()
    assert {one["handed_over_from"] for one in told["items"]} == {old["id"], there["id"]}
    assert {one["member_id"] for one in told["items"]} == {str(bob.member_id)}
    assert {(one["status"], one["note"]) for one in told["items"]} == {
        ("assigned", "She moves to Graz.")
    }
    assert told["left"] == []
    assert await moment.place.verbs(before) == [
        "responsibility.handed_over",
        "grant.created",
        "responsibility.assigned",
    ]
    [ended] = await moment.listed("&status=ended")
    assert (ended["id"], ended["reason"]) == (old["id"], "She moves to Graz.")
    [new] = await moment.listed()
    accepted = await act(bob, new, "accept")
    assert (accepted.status_code, accepted.json()["role"]) == (200, "accountable")


async def test_an_owner_hands_over_in_the_own_journeys_only(moment: Moment) -> None:
    ann, bob = moment.ann, await moment.org.member(F)
    own = await moment.assigned(ann)
    _, other = await elsewhere(moment)
    foreign = await assigned(moment.boss, other, ann, "accountable")
    told = (await handed(moment.owner, ann, bob)).json()
    assert [one["handed_over_from"] for one in told["items"]] == [own["id"]]
    assert told["left"] == [foreign["id"]]


async def test_a_manager_hands_over_among_those_they_manage(moment: Moment) -> None:
    ann, manager = moment.ann, moment.manager
    given = await moment.assigned(ann)
    stranger = await moment.org.member(F)
    colleague = await moment.org.member(F, manager_id=manager.member_id)
    refused = await handed(manager, ann, stranger)
    assert code(refused, 403) == "forbidden"
    assert "a manager of the assignee" in refused.json()["detail"]
    told = (await handed(manager, ann, colleague)).json()
    assert [one["handed_over_from"] for one in told["items"]] == [given["id"]]


async def test_who_may_assign_nothing_hands_over_nothing(moment: Moment) -> None:
    given, bob = await moment.assigned(moment.ann), await moment.org.member(F)
    for by in (moment.ann, bob, moment.place[D]):
        assert code(await handed(by, moment.ann, bob), 403) == "forbidden"
    assert [one["id"] for one in await moment.listed()] == [given["id"]]


async def test_a_role_they_have_already_is_not_given_twice(moment: Moment) -> None:
    ann, bob = moment.ann, await moment.org.member(F)
    await moment.assigned(ann, "consulted")
    theirs = await moment.assigned(bob, "consulted")
    told = (await handed(moment.owner, ann, bob)).json()
    assert (told["items"], told["left"]) == ([], [])
    assert [one["id"] for one in await moment.listed()] == [theirs["id"]]


async def test_a_hidden_journey_is_neither_handed_over_nor_told_of(moment: Moment) -> None:
    ann, bob = moment.ann, await moment.org.member(F)
    _, other = await elsewhere(moment)
    hidden = await assigned(moment.boss, other, ann, "accountable")
    await restrict(moment, other)
    for by, status in ((moment.boss, 200), (moment.manager, 403)):
        reply = await handed(by, ann, bob)
        assert (reply.status_code, hidden["id"] in reply.text) == (status, False)
    assert (await ann.read(f"/v1/responsibilities/{hidden['id']}"))["status"] == "assigned"


async def test_nothing_to_hand_over_is_no_mistake(moment: Moment) -> None:
    reply = await handed(moment.boss, moment.ann, moment.manager)
    nothing: dict[str, list[str]] = {"items": [], "left": [], "actions": [], "actions_left": []}
    assert (reply.status_code, reply.json()) == (200, nothing)


async def test_the_other_must_be_there_and_another(moment: Moment) -> None:
    await moment.assigned(moment.ann)
    gone = await moment.org.member(F)
    await moment.set_status(gone, "suspended")
    for to, problem in ((moment.ann, "same_member"), (gone, "unknown_member")):
        refused = await handed(moment.boss, moment.ann, to)
        assert code(refused, 422) == problem
        assert refused.json()["errors"][0]["pointer"] == "#/to_member_id"
    body = {"to_member_id": str(moment.boss.member_id)}
    missing = await moment.boss.post(f"/v1/members/{new_id()}/handover", body)
    assert code(missing, 404) == "not_found"


async def test_what_is_locked_stays_where_it_is(moment: Moment) -> None:
    given, bob = await moment.assigned(moment.ann), await moment.org.member(F)
    path = f"/v1/journeys/{moment.place.journey}"
    version = (await moment.owner.read(path))["version"]
    locked = await moment.owner.post(f"{path}/lock", If_Match=f'"{version}"')
    assert locked.status_code == 200
    refused = await handed(moment.boss, moment.ann, bob)
    assert code(refused, 403) == "forbidden"
    assert "locked or archived" in refused.json()["detail"]
    _, other = await elsewhere(moment)
    await assigned(moment.boss, other, moment.ann, "informed")
    told = (await handed(moment.boss, moment.ann, bob)).json()
    assert (len(told["items"]), told["left"]) == (1, [given["id"]])


async def worked_on(journey: Any, by: Caller, **fields: Any) -> str:
    """An action of a member."""
    body = {"title": "Call at ten", "kind": "training"} | fields
    return str((await by.made(f"/v1/journeys/{journey}/actions", body))["id"])


async def test_the_open_actions_of_a_leaver_go_on_as_well(moment: Moment) -> None:
    ann, boss, bob = moment.ann, moment.boss, await moment.org.member(F)
    here, at = moment.place.journey, f"/v1/journeys/{moment.place.journey}"
    open_, ended = [await worked_on(here, ann, due_on="2999-01-01") for _ in range(2)]
    theirs = await worked_on(here, bob)
    dropped = {"to": "dropped", "note": "No."}
    path = f"/v1/actions/{ended}/transitions"
    assert (await ann.post(path, dropped, If_Match='"1"')).status_code == 200
    version = (await moment.owner.read(at))["version"]
    assert (await moment.owner.post(f"{at}/lock", If_Match=f'"{version}"')).status_code == 200
    await moment.set_status(ann, "suspended")
    before, (asked,) = await moment.place.revision(), await looks_at(moment, open_)
    # Work goes on also where the map is locked.
    told = (await handed(boss, ann, bob)).json()
    assert [(one["id"], one["owner_id"]) for one in told["actions"]] == [
        (open_, str(bob.member_id))
    ]
    assert (told["items"], told["actions_left"]) == ([], [])
    assert await moment.place.verbs(before) == ["action.handed_over"]
    mine = await bob.read(f"/v1/actions?owner={bob.member_id}")
    assert {one["id"] for one in mine["items"]} == {open_, theirs}
    # The clock waits for whoever has it now, from the beginning.
    (look,) = await looks_at(moment, open_)
    assert (look["cause"], look["id"] == asked["id"]) == ("action_overdue", False)


async def looks_at(moment: Moment, action: str) -> list[Row]:
    return [one for one in await moment.looks() if str(one["subject_id"]) == action]


async def test_whoever_gets_an_action_sees_its_journey_and_managers_leave_it(
    moment: Moment,
) -> None:
    ann, manager = moment.ann, moment.manager
    colleague = await moment.org.member(F, manager_id=manager.member_id)
    journey, other = await elsewhere(moment)
    one = await worked_on(journey, ann)
    told = (await handed(manager, ann, colleague)).json()
    assert (told["actions"], told["actions_left"]) == ([], [one])
    for who in (ann, moment.boss):
        role = {"role": "participant", "member_id": str(who.member_id)}
        assert (await moment.boss.post(f"/v1/journeys/{journey}/grants", role)).status_code == 201
    await restrict(moment, other)
    assert code(await colleague.get(f"/v1/actions/{one}"), 404) == "not_found"
    told = (await handed(moment.boss, ann, colleague)).json()
    assert [given["id"] for given in told["actions"]] == [one]
    assert (await colleague.read(f"/v1/actions/{one}"))["owner_id"] == str(colleague.member_id)
