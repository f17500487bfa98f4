"""Actions ask for something: of their owner, of who may verify, and up the chain when late."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from api.settings import Settings
from domain.roles import Group
from tests.api.accountability.chain import chain
from tests.api.accountability.clocks import Hands, hands, march
from tests.api.outcomes.action_scene import begun, recorded, set_up
from tests.api.outcomes.opportunity_scene import moved, seen
from tests.api.voices.scene import scene
from tests.world import Caller, Org, World

F, S, D, X = Group
MIA, AGAIN = (1, "manager", "mia"), (2, "manager", "mia")


@pytest.fixture
async def clock(world: World, settings: Settings) -> AsyncIterator[Hands]:
    async with hands(world, settings) as made:
        yield made


async def work(who: Caller) -> list[tuple[str, str, bool]]:
    """Kind, reason and lateness of what is asked of somebody."""
    items = (await who.read("/v1/me/work"))["items"]
    return [(one["kind"], one["reason"], one["overdue"]) for one in items]


async def test_a_late_action_goes_up_until_it_is_delivered(clock: Hands, world: World) -> None:
    told = await chain(world)
    owner = {"owner_id": str(told.people["ann"].member_id), "due_on": "2027-03-03"}
    one = await set_up(told.place, told["owner"], **owner)
    before = await told.place.revision()

    async def at(moment: datetime) -> list[tuple[int, str, str | None]]:
        found: Counter[str] = await clock.look(moment, told.people.values(), only=told.place.org.id)
        assert found is not None
        return await told.steps(one["id"])

    assert await at(march(3, 23, 59)) == []
    assert await at(march(4, 0)) == [MIA]
    assert await at(march(4, 0)) == [MIA]
    assert await told.place.verbs(before) == ["escalation.raised"]
    (item,) = await work(told.people["mia"])
    assert item[:2] == ("escalation", "This action is past its date and not carried out.")
    assert await gone_up(told.place.org, told.people["ann"]) == 1
    path = f"/v1/actions/{one['id']}"
    later = await told.people["ann"].patch(path, {"due_on": "2027-03-10"}, If_Match='"1"')
    assert later.status_code == 200
    assert await at(march(8, 0)) == [MIA]
    assert (await moved(told.people["ann"], one, "in_progress")).status_code == 200
    # Another date was promised: from there it goes up anew.
    assert await at(march(11, 0)) == [MIA, AGAIN]
    assert (await moved(told.people["ann"], one, "delivered")).status_code == 200
    assert await at(march(30, 0)) == [MIA, AGAIN]
    assert await gone_up(told.place.org, told.people["ann"]) == 0


async def gone_up(org: Org, who: Caller) -> int:
    """How much the brief of somebody's department says went up and is unsettled."""
    path = f"/v1/members/{who.member_id}"
    member = await org.admin.read(path)
    department = member["department_id"]
    if department is None:
        department = (await org.admin.made("/v1/departments", {"name": "Calls"}))["id"]
        there, at = {"department_id": department}, f'"{member["version"]}"'
        assert (await org.admin.patch(path, there, If_Match=at)).status_code == 200
    brief = await org.admin.read(f"/v1/departments/{department}/brief")
    return int(brief["open_escalations"])


async def test_owner_and_verifiers_have_it_among_their_work(world: World) -> None:
    place = await scene(world)
    one = await begun(place, place[F], due_on="2020-01-01", touchpoint_id=str(place.touchpoint))
    mine = ("action", "You own this action, which is in progress.", True)
    assert await work(place[F]) == [mine]
    assert (await recorded(place[F], one)).status_code == 200
    waits = ("verify_outcome", "An outcome was recorded and waits to be verified.", False)
    for who in (place[D], place[X], place.owner):
        assert waits in await work(who)
    assert await work(place[F]) == [mine]
    assert await work(place[S]) == []
    kinds = (await place[D].read("/v1/me/work?kind=verify_outcome"))["items"]
    assert kinds[0]["may"] == ["verify_outcome"]


async def test_what_nobody_would_go_on_with_is_told(world: World) -> None:
    place = await scene(world)
    one = await set_up(place, place[F], title="Call them")
    told = await place.org.admin.read(f"/v1/members/{place[F].member_id}")
    assert [(duty["kind"], duty["title"], duty["id"]) for duty in told["duties"]] == [
        ("action", "Call them", one["id"])
    ]


async def test_the_map_counts_what_is_to_be_gained_and_done(world: World) -> None:
    place = await scene(world)
    at = {"touchpoint_id": str(place.touchpoint)}
    await seen(place, place[F], **at)
    declined = await seen(place, place[F], **at)
    assert (await moved(place[F], declined, "declined", "No.")).status_code == 200
    await set_up(place, place[F], **at, due_on="2027-05-01")
    await set_up(place, place[F], **at, due_on="2027-04-01")
    dropped = await set_up(place, place[F], **at, due_on="2027-01-01")
    assert (await moved(place[F], dropped, "dropped", "No.")).status_code == 200
    told = await place[S].read(f"/v1/journeys/{place.journey}/map")
    (point,) = [one for one in told["touchpoints"] if one["id"] == str(place.touchpoint)]
    assert point["opportunities_open"] == 1
    assert point["actions"] == {"open": 2, "next_due_on": "2027-04-01"}


async def test_the_story_of_a_moment_tells_its_actions(world: World) -> None:
    place = await scene(world)
    moment = await place[F].made(f"/v1/touchpoints/{place.touchpoint}/moments", {})
    one = await begun(place, place[F], moment_id=moment["id"])
    assert (await recorded(place[F], one)).status_code == 200
    story = await place[S].read(f"/v1/moments/{moment['id']}/ledger")
    said = str(story)
    assert "set up the action" in said
    assert "recorded what moved at Wait after an action" in said
