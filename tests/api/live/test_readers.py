"""Many readers, slow readers, readers who go: nobody else notices, and nothing is left behind."""

import asyncio
from contextlib import AsyncExitStack

from litestar import Litestar
from litestar.types import ASGIApp

from api.app import enveloped
from api.live.frames import HEARTBEAT
from tests.api.live.conftest import Feed
from tests.api.live.listening import open_stream
from tests.api.live.writing import staged
from tests.world import World


async def test_silence_is_broken_by_a_heartbeat(world: World, feed: Feed) -> None:
    app = enveloped(await feed(heartbeat=0.02, rights=60.0))
    org = await world.organization()
    async with open_stream(app, org.admin, "/v1/organization/stream") as ear:
        before = ear.last_id
        await ear.until(lambda ear: ear.raw.count(HEARTBEAT) > 2)
        assert (ear.heard, ear.last_id) == ([], before)


async def test_who_takes_nothing_is_dropped_and_the_others_hear_all(
    world: World, feed: Feed
) -> None:
    app = await feed(patience=0.2, events=8)
    org = await world.organization()
    journey = await org.journey()
    path = f"/v1/journeys/{journey}/stream"
    outer = enveloped(app)
    async with (
        open_stream(outer, org.admin, path) as slow,
        open_stream(outer, org.admin, path) as ear,
    ):
        slow.stalled = True
        first = int(ear.last_id or 0) + 1
        last = await staged(org.admin, journey, 30)
        assert await ear.revisions(last) == list(range(first, last + 1))
        async with asyncio.timeout(5):
            await slow.task
        assert not slow.ended  # it was not told: nobody was there to listen
        assert len(app.state.live.readers) == 1


async def test_who_is_slow_and_not_lost_hears_all_the_same(world: World, feed: Feed) -> None:
    """More than a queue holds waits in the database, and never in the memory of the process."""
    app = await feed(events=8)
    org = await world.organization()
    journey = await org.journey()
    path = f"/v1/journeys/{journey}/stream?presence=off"
    async with open_stream(enveloped(app), org.admin, path) as ear:
        first = int(ear.last_id or 0) + 1
        ear.paused.clear()
        last = await staged(org.admin, journey, 40)
        (reader,) = app.state.live.readers.all()
        await ear.until(lambda _: not reader.room)
        assert reader.position < last
        ear.paused.set()
        assert await ear.revisions(last) == list(range(first, last + 1))


async def test_two_hundred_silent_streams_hold_no_connection(world: World, feed: Feed) -> None:
    app = await feed(per_member=200, poll=60.0, rights=60.0, heartbeat=0.1)
    org = await world.organization()
    path = f"/v1/journeys/{await org.journey()}/stream"
    async with AsyncExitStack() as stack:
        outer = enveloped(app)
        opening = [open_stream(outer, org.admin, path) for _ in range(200)]
        ears = [await stack.enter_async_context(one) for one in opening]
        feeds = app.state.live.database.connections
        await ears[-1].until(lambda ear: ear.raw.count(HEARTBEAT) > 1 and not feeds.lent)
        assert len(app.state.live.readers) == 200
        assert app.state.database.connections.lent == 0


async def test_nothing_is_left_of_who_has_gone(world: World, feed: Feed) -> None:
    app = await feed(per_member=100)
    org = await world.organization()
    path = f"/v1/journeys/{await org.journey()}/stream"
    outer = enveloped(app)

    async def come_and_go() -> None:
        async with open_stream(outer, org.admin, path):
            pass

    await come_and_go()
    before = asyncio.all_tasks()
    for _ in range(10):
        await asyncio.gather(*(come_and_go() for _ in range(10)))
    readers = app.state.live.readers
    assert (len(readers), dict(readers.channels)) == (0, {})
    assert asyncio.all_tasks() <= before


async def test_a_member_has_twenty_streams_and_a_process_as_many_as_it_takes(
    world: World, feed: Feed
) -> None:
    app = enveloped(await feed(per_member=2, in_all=3))
    org = await world.organization()
    ann, ben, cem = [await org.member() for _ in range(3)]
    path = "/v1/organization/stream"
    async with AsyncExitStack() as stack:
        for who in (ann, ann, ben):
            ear = await stack.enter_async_context(open_stream(app, who, path))
            assert ear.status == 200
        for who, says in ((ann, "2 streams"), (cem, "this process")):
            async with open_stream(app, who, path) as refused:
                assert (refused.status, refused.headers["retry-after"]) == (429, "5")
                assert says in refused.problem["detail"]
    async with open_stream(app, cem, path) as ear:
        assert ear.status == 200


async def test_a_process_that_goes_lets_everybody_go_and_nobody_in(
    world: World, feed: Feed
) -> None:
    app = await feed()
    org = await world.organization()
    outer = enveloped(app)
    path = "/v1/organization/stream"
    async with open_stream(outer, org.admin, path) as ear:
        app.state.readiness.draining = True
        app.state.live.close()
        await ear.until(lambda ear: ear.ended, seconds=1)
        assert 1000 <= (ear.retry or 0) <= 5000
        assert not ear.of("revoked")
        async with open_stream(outer, org.admin, path) as late:
            assert (late.status, late.headers["retry-after"]) == (503, "1")
        async with open_stream(outer, None, "/health/ready") as ready:
            assert ready.status == 503
        async with open_stream(outer, None, "/health/live") as alive:
            assert alive.status == 200


async def test_head_says_how_it_would_begin_and_opens_nothing(app: Litestar, world: World) -> None:
    org = await world.organization()
    reply = await org.admin.call("HEAD", f"/v1/journeys/{await org.journey()}/stream")
    assert (reply.status_code, reply.content) == (200, b"")
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert len(app.state.live.readers) == 0


async def test_a_page_of_another_origin_may_listen(here: ASGIApp, world: World) -> None:
    """What a browser checks before: the header that resumes is among those accepted."""
    org = await world.organization()
    reply = await org.admin.call("OPTIONS", f"/v1/journeys/{await org.journey()}/stream")
    assert reply.status_code == 204
    assert "GET" in reply.headers["allow"]
