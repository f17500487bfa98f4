"""Consumers of the ledger: every entry once and in order, whoever reads and whatever fails."""

import asyncio
import logging
from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from api.commands import feed as feed_module
from api.commands.patrol import FIRST_REST
from api.plugins.database import Database, make_engine
from api.settings import Settings
from domain import clock, ledger
from domain.clock import now
from domain.queries.inbox.feed import START, moved
from domain.services.steps import feeding
from domain.services.steps.feeding import advance
from tests.api.inbox.feeds import Reader, feed
from tests.world import Org, World


async def say(org: Org, journey: UUID, count: int) -> None:
    """So many annotations of the administrator."""
    for number in range(count):
        body = {"subject_id": str(journey), "kind": "idea", "body": f"Idea {number}."}
        await org.admin.made("/v1/annotations", body)


async def head(org: Org, journey: UUID) -> int:
    """The revision of a journey."""
    page = await org.admin.read(f"/v1/journeys/{journey}/events?limit=100")
    return max(one["revision"] for one in page["items"])


async def test_every_entry_is_read_once_and_in_order(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "BATCH", 3)
    org = await world.organization()
    first, second = await org.journey(), await org.journey()
    await say(org, first, 8)
    reader, other = Reader("reader"), Reader("other")
    async with feed(settings, [reader.consumer, other.consumer], org.id) as works:
        assert (await works.look())["read"] == len(reader.seen) + len(other.seen)
        assert await works.look() == {}
        await say(org, second, 1)
        assert await works.look() == {"read": 2}
    for journey in (first, second):
        reached = await head(org, journey)
        assert reader.revisions(journey) == list(range(1, reached + 1))
        assert other.revisions(journey) == reader.revisions(journey)
    assert reader.revisions(org.id)[0] == 1
    assert reader.seen[-1][2] == "annotation.written"


async def test_two_workers_read_a_hundred_entries_once(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "BATCH", 7)
    org = await world.organization()
    journeys = [await org.journey() for _ in range(2)]
    for journey in journeys:
        await say(org, journey, 50)
    reader = Reader("reader")
    async with (
        feed(settings, [reader.consumer], org.id) as one,
        feed(settings, [reader.consumer], org.id) as two,
    ):
        await asyncio.gather(one.look(), two.look())
        await one.look()
    for journey in journeys:
        assert sorted(reader.revisions(journey)) == list(range(1, await head(org, journey) + 1))


async def test_what_fails_stops_nothing_else_and_is_read_again_later(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    org = await world.organization()
    bad, good = await org.journey(), await org.journey()
    reader, other = Reader("reader"), Reader("other")
    reader.fails_at = bad
    with caplog.at_level(logging.CRITICAL, "touchstone.clock"):
        async with feed(settings, [reader.consumer, other.consumer], org.id) as works:
            assert (await works.look())["failed"] == 1
            assert other.revisions(bad)
            assert reader.revisions(good)
            tried = len(reader.revisions(bad))
            assert await works.look() == {"busy": 1}
            assert len(reader.revisions(bad)) == tried
            reader.fails_at = None
            later = now() + FIRST_REST
            with clock.replaced(lambda: later):
                assert await works.look() == {"read": tried}
    assert reader.revisions(bad) == [*range(1, tried + 1), *range(1, tried + 1)]


async def test_a_position_moves_from_where_the_reading_began_or_not_at_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the lock, which only saves work, the row holds alone."""
    org = await world.organization()
    reader = Reader("reader")

    async def always(tx: Any, stream_id: UUID, consumer: str) -> int:
        return 0

    async with world.database.transaction(org.id) as tx:
        assert await advance(tx, reader.consumer, org.id) > 0
    monkeypatch.setattr(feeding.feed, "claim", always)
    with pytest.raises(feeding.Unavailable):
        async with world.database.transaction(org.id) as tx:
            await advance(tx, reader.consumer, org.id)


async def test_somebody_who_reads_keeps_no_writer_waiting(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    reader = Reader("reader")
    async with world.database.transaction(org.id) as reading:
        assert await advance(reading, reader.consumer, journey) > 0
        async with world.database.transaction(org.id) as writing:
            await ledger.lock_alone(writing, journey)
        with pytest.raises(feeding.Unavailable):
            async with world.database.transaction(org.id) as also:
                await advance(also, reader.consumer, journey)


async def test_the_worker_sees_how_far_and_nothing_else(world: World, settings: Settings) -> None:
    org = await world.organization()
    journey = await org.journey()
    watching = Database(make_engine(settings.worker_database_url, 1))
    try:
        async with watching.transaction() as tx:
            rows = await moved(tx, ["reader"], org.id, START, 100)
            assert {row["stream_id"] for row in rows} == {org.id, journey}
        for table in ("entries", "notifications", "revisions"):
            with pytest.raises(Exception, match="permission denied"):
                async with watching.transaction() as tx:
                    await (await tx.driver()).fetch(f"SELECT * FROM {table}")
    finally:
        await watching.close()


async def test_a_feed_runs_until_it_is_told_to_stop(world: World, settings: Settings) -> None:
    org = await world.organization()
    journey = await org.journey()
    reader = Reader("reader")
    async with feed(settings, [reader.consumer], org.id) as works:
        running = asyncio.create_task(works.run(0.01))
        await say(org, journey, 1)
        async with asyncio.timeout(20):
            while "annotation.written" not in {verb for *_, verb in reader.seen}:
                await asyncio.to_thread(lambda: None)
                assert not running.done()
        works.stop.set()
        await running


async def test_where_nothing_happened_no_stream_is_looked_at(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    org = await world.organization()
    journey = await org.journey()
    reader = Reader("reader")
    async with feed(settings, [reader.consumer], org.id) as works:
        await works.look()
        looked = Counter[str]()

        async def counted(*given: Any) -> Any:
            looked["streams"] += 1
            return await moved(*given)

        monkeypatch.setattr(feed_module, "moved", counted)
        assert await works.look() == {}
        assert not looked
        await say(org, journey, 1)
        assert await works.look() == {"read": 1}
        assert looked
