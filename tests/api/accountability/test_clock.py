"""The clock takes up the chain what is overdue: in business days, each level once."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from api.settings import Settings
from domain.roles import Group
from tests.api.accountability.chain import Chain, chain
from tests.api.accountability.clocks import Hands, hands, march
from tests.world import World

F, S, D, X = Group
WEDNESDAY = date(2027, 3, 3)
MIA, HAL, DAN, EVE = (
    (1, "manager", "mia"),
    (2, "head_of_department", "hal"),
    (3, "decision_maker", "dan"),
    (4, "executive", "eve"),
)


@pytest.fixture
async def clock(world: World, settings: Settings) -> AsyncIterator[Hands]:
    async with hands(world, settings) as made:
        yield made


class Story:
    """A chain of command, the clock, and what went up."""

    def __init__(self, clock: Hands, scene: Chain) -> None:
        self.clock, self.scene = clock, scene

    async def at(self, moment: datetime, subject: Any) -> list[tuple[int, str, str | None]]:
        """Everything that has gone up about a subject once the clock has looked then."""
        await self.look(moment)
        return await self.scene.steps(subject["id"])

    async def look(self, moment: datetime) -> Counter[str]:
        """Let the clock look at this organization."""
        org = self.scene.place.org
        return await self.clock.look(moment, self.scene.people.values(), only=org.id)

    async def thread(self, by: str = "owner") -> dict[str, Any]:
        """A thread that Ann is to finish by Wednesday."""
        return await self.scene.assign(await self.scene.say(by), "ann", WEDNESDAY)

    async def moment(self) -> str:
        """A moment of truth to answer for."""
        path = f"/v1/touchpoints/{self.scene.place.touchpoint}/moments"
        return str((await self.scene["owner"].made(path, {}))["id"])

    async def assigned(self, moment: str, **whom: str) -> dict[str, Any]:
        """Somebody is to answer for it."""
        path = f"/v1/moments/{moment}/responsibilities"
        return await self.scene["owner"].made(path, {"role": "responsible"} | whom)


@pytest.fixture
async def story(clock: Hands, world: World) -> Story:
    return Story(clock, await chain(world))


async def test_an_overdue_thread_reaches_the_next_level_once(story: Story) -> None:
    said = await story.thread()
    before = await story.scene.place.revision()
    # Due on Wednesday: late when Wednesday is over, and the manager is told at once.
    assert await story.at(march(3, 23, 59), said) == []
    assert await story.at(march(4, 0), said) == [MIA]
    assert await story.at(march(4, 0), said) == [MIA]
    assert await story.scene.place.verbs(before) == ["escalation.raised"]
    (raised,) = (await story.scene["owner"].read(f"/v1/escalations?subject={said['id']}"))["items"]
    assert (raised["cause"], raised["raised_by"]) == ("thread_overdue", None)
    assert story.scene.name_of(raised["about_id"]) == "ann"
    # Two working days for the head of department: Thursday 00:00 to Monday 00:00.
    assert await story.at(march(7, 23, 59), said) == [MIA]
    assert await story.at(march(8, 0), said) == [MIA, HAL]
    assert await story.at(march(10, 0), said) == [MIA, HAL, DAN]
    # Three for the executive: Thursday, Friday, Monday.
    assert await story.at(march(14, 23), said) == [MIA, HAL, DAN]
    assert await story.at(march(15, 0), said) == [MIA, HAL, DAN, EVE]
    assert await story.at(march(31), said) == [MIA, HAL, DAN, EVE]


async def test_days_are_those_of_the_organization(story: Story) -> None:
    await story.scene.set(
        timezone="Asia/Tokyo", working_days=[1, 2, 3, 4, 5, 6], holidays=["2027-03-04"]
    )
    said = await story.thread()
    # Wednesday ends at 15:00 UTC; Thursday is a holiday, so the manager is told on Friday.
    assert await story.at(march(4, 14, 59), said) == []
    assert await story.at(march(4, 15), said) == [MIA]
    # Saturday counts, Sunday does not.
    assert await story.at(march(7, 14, 59), said) == [MIA]
    assert await story.at(march(7, 15), said) == [MIA, HAL]


async def test_the_chain_is_the_organizations(story: Story) -> None:
    levels = [{"level": "executive", "after_days": 1}, {"level": "manager", "after_days": 0}]
    await story.scene.set(escalation_chain=levels)
    said = await story.thread()
    assert await story.at(march(4, 0), said) == []
    found = await story.at(march(5, 0), said)
    assert found == [(1, "executive", "eve"), (2, "manager", "mia")]


async def test_a_level_that_reaches_nobody_new_is_passed_over(story: Story) -> None:
    await story.scene.suspend("mia")
    await story.scene.suspend("hal")
    said = await story.thread()
    # Dan is the nearest manager and the nearest decision-maker; nobody else heads a department.
    assert await story.at(march(4, 0), said) == [(1, "manager", "dan")]
    assert await story.at(march(9), said) == [(1, "manager", "dan"), (2, "executive", "eve")]


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("resolve", {"resolution": "fixed"}),
        ("withdraw", None),
        ("assign", {"member_id": None, "due_on": None}),
        ("hide", {"reason": "Rude."}),
    ],
)
async def test_nothing_goes_up_after_it_is_settled(story: Story, verb: str, body: Any) -> None:
    said = await story.thread(by="ann" if verb == "hide" else "owner")
    await story.scene.turned(said, verb, body)
    assert (await story.look(march(31)))["done"] == 0
    assert await story.scene.steps(said["id"]) == []


async def test_a_day_that_is_put_off_counts_anew(story: Story) -> None:
    said = await story.thread()
    await story.scene.assign(said, "ann", date(2027, 3, 9))
    assert await story.at(march(9, 23), said) == []
    assert await story.at(march(10, 0), said) == [MIA]


async def test_what_is_taken_up_again_climbs_anew(story: Story) -> None:
    said = await story.thread()
    assert await story.at(march(4, 0), said) == [MIA]
    await story.scene.turned(said, "resolve", {"resolution": "fixed"})
    assert await story.at(march(9), said) == [MIA]
    # It is overdue already when it is reopened: it is given one working day.
    await story.scene.turned(said, "reopen")
    assert await story.at(march(10, 8), said) == [MIA]
    again = (2, "manager", "mia")
    assert await story.at(march(10, 9), said) == [MIA, again]
    assert await story.at(march(12, 9), said) == [MIA, again, (3, "head_of_department", "hal")]


@pytest.mark.parametrize(
    ("close", "reopen"),
    [
        (("lock", None), ("unlock", None)),
        (("transition", {"to": "archived"}), ("transition", {"to": "in_review"})),
    ],
)
async def test_a_closed_journey_waits(story: Story, close: Any, reopen: Any) -> None:
    said = await story.thread()
    await turn_journey(story, *close)
    assert await story.at(march(4, 0), said) == []
    assert await story.at(march(20), said) == []
    await turn_journey(story, *reopen)
    assert await story.at(march(20), said) == []
    # It was looked at on a Saturday: the next working day is Monday.
    assert await story.at(march(22, 9), said) == [MIA]


async def turn_journey(story: Story, verb: str, body: Any) -> None:
    owner, path = story.scene["owner"], f"/v1/journeys/{story.scene.place.journey}"
    version = (await owner.read(path))["version"]
    reply = await owner.post(f"{path}/{verb}", body, If_Match=f'"{version}"')
    assert reply.status_code == 200, reply.text


async def test_what_was_removed_waits_until_it_is_restored(story: Story) -> None:
    said = await story.thread()
    owner, place = story.scene["owner"], story.scene.place
    path = f"/v1/touchpoints/{place.touchpoint}"
    gone = await owner.delete(path, If_Match=(await owner.get(path)).headers["etag"])
    assert gone.status_code == 204, gone.text
    assert await story.at(march(4, 0), said) == []
    restored = await owner.post(f"/v1/subjects/{place.touchpoint}/restore")
    assert restored.status_code == 200, restored.text
    assert await story.at(march(5, 0), said) == [MIA]


async def test_whoever_may_not_read_it_is_passed_over(story: Story) -> None:
    scene = story.scene
    above = {"manager_id": scene["mia"].member_id, "department_id": UUID(scene.desk)}
    scene.people["zoe"] = await scene.place.org.member(D, name="zoe", **above)
    said = await scene.assign(await scene.say("owner", visibility="leadership"), "zoe", WEDNESDAY)
    # Mia is Zoe's manager, and no leader: the head of department is told at once instead.
    assert await story.at(march(4, 0), said) == [(1, "head_of_department", "hal")]


async def test_whoever_is_reached_may_see_the_journey(clock: Hands, world: World) -> None:
    story = Story(clock, await chain(world, restricted=True))
    owner, place = story.scene["owner"], story.scene.place
    grant = {"role": "participant", "member_id": str(story.scene["ann"].member_id)}
    await owner.made(f"/v1/journeys/{place.journey}/grants", grant)
    said = await story.thread()
    before = await place.revision()
    assert await story.at(march(4, 0), said) == [MIA]
    assert await place.verbs(before) == ["grant.created", "escalation.raised"]
    assert {row["actor_kind"] for row in (await place.entries())[-2:]} == {"system"}
    assert (await story.scene["mia"].read(f"/v1/annotations/{said['id']}"))["id"] == said["id"]


async def test_what_nobody_accepts_goes_up(story: Story) -> None:
    scene, moment = story.scene, await story.moment()
    given = await story.assigned(moment, member_id=str(scene["ann"].member_id))
    # Three working days to accept: from Monday, nine o'clock, to Thursday.
    assert await story.at(march(4, 8, 59), given) == []
    assert await story.at(march(4, 9), given) == [MIA]
    (raised,) = (await scene["ann"].read("/v1/escalations?cause=not_accepted"))["items"]
    assert raised["subject_kind"] == "responsibility"
    path = f"/v1/responsibilities/{given['id']}/accept"
    accepted = await scene["ann"].post(path, If_Match='"1"')
    assert accepted.status_code == 200, accepted.text
    assert await story.at(march(31), given) == [MIA]


async def test_what_a_department_does_not_accept_goes_past_its_head(story: Story) -> None:
    given = await story.assigned(await story.moment(), department_id=story.scene.service)
    # Nobody stands above Hal, but for the executive who has been there longest.
    assert await story.at(march(4, 9), given) == [(1, "executive", "chief")]
    owner = story.scene["owner"]
    (raised,) = (await owner.read(f"/v1/escalations?subject={given['id']}"))["items"]
    assert story.scene.name_of(raised["about_id"]) == "hal"


async def test_a_retired_moment_needs_nobody(story: Story) -> None:
    moment = await story.moment()
    given = await story.assigned(moment, member_id=str(story.scene["ann"].member_id))
    path = f"/v1/moments/{moment}/retire"
    retired = await story.scene["owner"].post(path, {"reason": "Gone."}, If_Match='"1"')
    assert retired.status_code == 200, retired.text
    assert await story.at(march(31), given) == []
