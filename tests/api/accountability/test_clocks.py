"""Several clocks, and what goes wrong with one thing: each step once, and no harm to the others."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest

from api.commands.clockwork import Clockwork
from api.commands.patrol import FIRST_REST
from api.commands.works import at_work
from api.settings import Settings
from domain import ledger
from domain.actor import Actor
from domain.duties import DeadlineKind
from domain.models.maps.journeys import Journey
from domain.models.voices.annotations import Annotation
from domain.services.steps.deadlines import Look, schedule
from domain.services.voices import annotations, threads
from tests.api.accountability.chain import Chain, chain
from tests.api.accountability.clocks import Hands, hands, march
from tests.world import World, actor_of

MANY, DUE = 100, date(2027, 3, 3)
LATE = march(4, 0)


@pytest.fixture
async def clock(world: World, settings: Settings) -> AsyncIterator[Hands]:
    async with hands(world, settings) as made:
        yield made


@pytest.fixture
async def scene(clock: Hands, world: World) -> Chain:
    made = await chain(world)
    clock.works.only = made.place.org.id
    return made


async def threads_due(scene: Chain, count: int, *journeys: Any) -> list[Annotation]:
    """So many threads that Ann is to finish, spread over the journeys."""
    org, said = scene.place.org, []
    actor: Actor = actor_of(scene["owner"], org.id)
    async with org.world.database.transaction(org.id) as tx:
        for number in range(count):
            journey = journeys[number % len(journeys)]
            fields = {"kind": "issue", "body": f"Issue {number}."}
            one = (await annotations.write(tx, actor, journey, None, fields)).annotation
            await threads.assign(tx, actor, one.id, (scene["ann"].member_id, DUE), 1)
            said.append(one)
    return said


async def escalations(scene: Chain) -> list[tuple[str, int]]:
    """What went up in the organization: subject and step."""
    found, cursor = list[tuple[str, int]](), ""
    while True:
        page = await scene["owner"].read(f"/v1/escalations?limit=100{cursor}")
        found += [(one["subject_id"], one["step"]) for one in page["items"]]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


async def test_two_clocks_take_each_of_a_hundred_steps_once(
    scene: Chain, clock: Hands, settings: Settings
) -> None:
    org = scene.place.org
    said = await threads_due(scene, MANY, scene.place.journey, await org.journey())
    clock.move(LATE, scene.people.values())
    async with at_work(settings, org.id) as second:
        tallies = await asyncio.gather(clock.works.look(), second.clock.look())
    assert sum(tally["failed"] + tally["busy"] for tally in tallies) == 0
    assert sorted(await escalations(scene)) == sorted((str(one.id), 1) for one in said)


async def test_what_fails_stops_nothing_and_is_left_alone_for_a_while(
    scene: Chain, clock: Hands, caplog: pytest.LogCaptureFixture
) -> None:
    org, journey = scene.place.org, scene.place.journey
    await threads_due(scene, 2, journey)
    async with org.world.database.transaction(org.id) as tx:
        # A step up the chain for no cause: nobody schedules such a thing.
        await schedule(tx, march(3), Look(DeadlineKind.ESCALATE, journey, journey))
    with caplog.at_level(logging.CRITICAL, "touchstone.clock"):
        clock.move(LATE, scene.people.values())
        assert await clock.works.look() == {"failed": 1, "done": 2}
        assert await clock.works.look() == {"busy": 1}
        clock.move(LATE + FIRST_REST)
        assert await clock.works.look() == {"failed": 1}
        clock.move(LATE + FIRST_REST * 2)
        assert await clock.works.look() == {"busy": 1}
        clock.move(LATE + timedelta(hours=1))
        assert await clock.works.look() == {"failed": 1}
    clock.move(LATE, scene.people.values())
    assert len(await escalations(scene)) == 2


async def test_a_journey_that_is_held_is_left_for_later(scene: Chain, clock: Hands) -> None:
    org, journey = scene.place.org, scene.place.journey
    await threads_due(scene, 3, journey)
    clock.move(LATE, scene.people.values())
    async with org.world.database.transaction(org.id) as tx:
        await ledger.lock_alone(tx, journey)
        assert await clock.works.look() == {"busy": 3}
        assert await tx.entity(Journey, (org.id, journey)) is not None
    assert await clock.works.look() == {"done": 3}


async def test_a_clock_runs_until_it_is_told_to_stop(scene: Chain, clock: Hands) -> None:
    await threads_due(scene, 1, scene.place.journey)
    clock.move(LATE, scene.people.values())
    running = asyncio.create_task(Clockwork.run(clock.works, 0.01))
    async with asyncio.timeout(20):
        while not await escalations(scene):
            assert not running.done()
    clock.works.stop.set()
    await running
