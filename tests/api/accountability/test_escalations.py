"""Escalating by hand: to whom it goes, who may know of it, what is refused."""

import asyncio

import pytest

from domain.ids import new_id
from domain.roles import Group
from tests.api.accountability.chain import Chain, chain
from tests.api.voices.scene import code
from tests.world import World

F, S, D, X = Group
UP = [
    (1, "manager", "mia"),
    (2, "head_of_department", "hal"),
    (3, "decision_maker", "dan"),
    (4, "executive", "eve"),
]


@pytest.fixture
async def scene(world: World) -> Chain:
    return await chain(world)


async def test_it_goes_up_level_by_level_and_each_step_is_taken_once(scene: Chain) -> None:
    said = await scene.say()
    await scene.assign(said, "ann")
    before = await scene.place.revision()
    first = await scene.escalate(said)
    assert first.status_code == 201, first.text
    told = first.json()
    assert first.headers["location"] == f"/v1/escalations/{told['id']}"
    assert await scene["ann"].read(f"/v1/escalations/{told['id']}") == told
    assert told["subject_kind"] == "annotation"
    assert (told["cause"], told["reason"]) == ("by_hand", "Nothing moves.")
    assert told["touchpoint_id"] == str(scene.place.touchpoint)
    assert scene.name_of(told["about_id"]) == "ann"
    assert told["raised_by"] == str(scene["owner"].member_id)
    assert await scene.place.verbs(before) == ["escalation.raised"]
    for _ in range(3):
        assert (await scene.escalate(said)).status_code == 201
    assert await scene.steps(said["id"]) == UP
    assert code(await scene.escalate(said), 409) == "chain_ends"


async def test_eight_at_once_take_each_step_once(scene: Chain) -> None:
    said = await scene.say()
    await scene.assign(said, "ann")
    replies = await asyncio.gather(*(scene.escalate(said) for _ in range(8)))
    assert sorted(reply.status_code for reply in replies) == [201] * 4 + [409] * 4
    assert await scene.steps(said["id"]) == UP


async def test_whoever_escalates_need_not_be_told(scene: Chain) -> None:
    said = await scene.say()
    await scene.assign(said, "ann")
    for _ in range(3):
        assert (await scene.escalate(said, by="dan")).status_code == 201
    reached = [name for _, _, name in await scene.steps(said["id"])]
    assert reached == ["mia", "hal", "eve"]


async def test_the_organization_says_which_levels_there_are(scene: Chain) -> None:
    await scene.set(escalation_chain=[{"level": "executive", "after_days": 0}])
    said = await scene.say()
    assert (await scene.escalate(said)).status_code == 201
    assert await scene.steps(said["id"]) == [(1, "executive", "chief")]


async def test_what_nobody_looks_after_goes_to_the_head_of_the_department(scene: Chain) -> None:
    await scene.answered_by(scene.desk)
    said = await scene.say()
    raised = (await scene.escalate(said)).json()
    assert raised["about_id"] is None
    assert (raised["level"], scene.name_of(raised["to_id"])) == ("head_of_department", "hal")


async def test_without_a_department_it_goes_past_the_owner(scene: Chain) -> None:
    said = await scene.say()
    raised = (await scene.escalate(said)).json()
    assert scene.name_of(raised["about_id"]) == "owner"
    assert (raised["level"], scene.name_of(raised["to_id"])) == ("executive", "chief")


async def test_somebody_above_can_be_named(scene: Chain) -> None:
    said = await scene.say()
    await scene.assign(said, "ann")
    raised = await scene.escalate(said, to="eve")
    assert (raised.status_code, raised.json()["level"]) == (201, "manager")
    assert code(await scene.escalate(said, to="eve"), 409) == "already_escalated"
    assert code(await scene.escalate(said, to="ann"), 422) == "not_above"
    assert code(await scene.escalate(said, by="dan", to="dan"), 422) == "not_above"
    nobody = await scene.escalate(said, to_member_id=str(new_id()))
    assert code(nobody, 422) == "unknown_member"
    assert nobody.json()["errors"][0]["pointer"] == "#/to_member_id"
    await scene.suspend("hal")
    assert code(await scene.escalate(said, to="hal"), 422) == "unknown_member"


async def test_who_may(scene: Chain) -> None:
    said = await scene.say()
    await scene.assign(said, "mia")
    for name, status in (("owner", 201), ("eve", 403), ("ann", 201), ("mia", 409), ("dan", 409)):
        reply = await scene.escalate(said, by=name)
        assert reply.status_code == status, f"{name}: {reply.text}"
    assert "escalate" in (await scene["mia"].read(f"/v1/annotations/{said['id']}"))["may"]
    assert "escalate" not in (await scene["eve"].read(f"/v1/annotations/{said['id']}"))["may"]


async def test_whoever_answers_for_the_moment_may(scene: Chain) -> None:
    said = await scene.say()
    path = f"/v1/touchpoints/{scene.place.touchpoint}/moments"
    moment = (await scene["owner"].made(path, {}))["id"]
    whom = {"role": "responsible", "member_id": str(scene["mia"].member_id)}
    given = await scene["owner"].made(f"/v1/moments/{moment}/responsibilities", whom)
    assert (await scene.escalate(said, by="mia")).status_code == 403
    accept = f"/v1/responsibilities/{given['id']}/accept"
    assert (await scene["mia"].post(accept, If_Match='"1"')).status_code == 200
    assert (await scene.escalate(said, by="mia")).status_code == 201


async def test_only_what_is_open_goes_up(scene: Chain) -> None:
    said = await scene.say()
    await scene.turned(said, "resolve", {"resolution": "fixed"})
    assert code(await scene.escalate(said), 409) == "annotation_resolved"
    missing = await scene.escalate({"id": str(new_id())})
    assert code(missing, 404) == "not_found"
    for body in ({}, {"reason": " "}, {"reason": "x", "more": 1}):
        reply = await scene["owner"].post(f"/v1/annotations/{said['id']}/escalate", body)
        assert reply.status_code == 400


async def test_whoever_is_reached_may_see_the_journey_from_then_on(world: World) -> None:
    scene = await chain(world, restricted=True)
    said = await scene.say("owner")
    path = f"/v1/annotations/{said['id']}"
    assert (await scene["chief"].get(path)).status_code == 404
    before = await scene.place.revision()
    assert (await scene.escalate(said)).status_code == 201
    assert await scene.place.verbs(before) == ["grant.created", "escalation.raised"]
    assert (await scene["chief"].read(path))["id"] == said["id"]
    assert (await scene["eve"].get(path)).status_code == 404


async def test_what_was_said_to_few_is_not_shown_to_more(scene: Chain) -> None:
    said = await scene.say("ann", visibility="my_group")
    await scene.turned(said, "assign", {"member_id": str(scene["ann"].member_id)}, by="ann")
    refused = await scene.escalate(said, by="ann")
    assert code(refused, 422) == "escalation_cannot_see"
    assert not await scene.steps(said["id"], by="ann")
    leadership = await scene.say("owner", visibility="leadership")
    raised = await scene.escalate(leadership)
    assert raised.status_code == 201, raised.text
    assert await scene.steps(leadership["id"], by="dan") == [(1, "executive", "chief")]
    assert not await scene.steps(leadership["id"], by="ann")
    assert (await scene["ann"].get(raised.headers["location"])).status_code == 404
    events = await scene["ann"].read(f"/v1/journeys/{scene.place.journey}/events?limit=100")
    (told,) = [one for one in events["items"] if one["revision"] == await scene.place.revision()]
    assert told["subject_id"] is None


async def test_the_list_can_be_narrowed_and_ends_at_the_organization(
    scene: Chain, world: World
) -> None:
    said, other = await scene.say(), await scene.say()
    for one in (said, other):
        await scene.assign(one, "ann")
        await scene.escalate(one)
    await scene.escalate(said)
    lists = {
        "": 3,
        f"?journey={scene.place.journey}": 3,
        f"?journey={new_id()}": 0,
        f"?subject={said['id']}": 2,
        "?cause=by_hand&cause=no_input": 3,
        "?cause=no_input": 0,
        "?to=me": 0,
    }
    for query, count in lists.items():
        assert len((await scene["owner"].read(f"/v1/escalations{query}"))["items"]) == count, query
    mine = (await scene["mia"].read("/v1/escalations?to=me"))["items"]
    assert [one["subject_id"] for one in mine] == [other["id"], said["id"]]
    page = await scene["owner"].read("/v1/escalations?limit=2")
    rest = await scene["owner"].read(f"/v1/escalations?limit=2&cursor={page['next_cursor']}")
    assert (len(page["items"]), len(rest["items"])) == (2, 1)
    for query in ("?to=you", "?cause=whim", "?cursor=x"):
        assert (await scene["owner"].get(f"/v1/escalations{query}")).status_code == 400
    stranger = (await world.organization()).admin
    assert not (await stranger.read("/v1/escalations"))["items"]
    assert (await stranger.get(f"/v1/escalations/{mine[0]['id']}")).status_code == 404


async def test_naming_somebody_outside_the_chain_shows_the_journey_to_nobody(world: World) -> None:
    scene = await chain(world, restricted=True)
    said = await scene.say("owner")
    before = await scene.place.revision()
    refused = await scene.escalate(said, to="hal")
    assert code(refused, 422) == "escalation_outside_chain"
    assert refused.json()["errors"][0]["pointer"] == "#/to_member_id"
    assert await scene.place.revision() == before
    grant = {"role": "participant", "member_id": str(scene["hal"].member_id)}
    await scene["owner"].made(f"/v1/journeys/{scene.place.journey}/grants", grant)
    assert (await scene.escalate(said, to="hal")).status_code == 201
