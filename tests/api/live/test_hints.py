"""Hints between processes: they make it faster, and nothing depends on them."""

import asyncio

import asyncpg
from litestar.types import ASGIApp

from api.app import enveloped
from api.commands.machine import plain
from api.embedded.cluster import Cluster
from api.embedded.place import SUPERUSER
from api.live.hints import CHANNEL, MOST, NAME, Hints
from api.settings import Settings
from domain.ids import new_id
from tests.api.live.conftest import Feed
from tests.api.live.listening import open_stream
from tests.api.live.writing import staged
from tests.cluster import connected
from tests.world import World

END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1"


async def test_a_hint_is_enough_without_any_look(world: World, here: ASGIApp, feed: Feed) -> None:
    app = await feed(hints=True, poll=60.0)
    await app.state.live.hints.established.wait()
    org = await world.organization()
    journey = await org.journey()
    path = f"/v1/journeys/{journey}/stream?presence=off"
    async with (
        open_stream(enveloped(app), org.admin, path) as far,
        open_stream(here, org.admin, path) as near,
    ):
        for _ in range(3):
            last = await staged(org.admin, journey)
            for ear in (near, far):
                assert (await ear.revisions(last))[-1] == last


async def test_listening_begins_again_after_any_loss(
    world: World, here: ASGIApp, feed: Feed, cluster: Cluster
) -> None:
    app = await feed(hints=True, poll=60.0)
    hints: Hints = app.state.live.hints
    await hints.established.wait()
    org = await world.organization()
    journey = await org.journey()
    path = f"/v1/journeys/{journey}/stream"
    async with open_stream(enveloped(app), org.admin, path) as ear:
        await ear.revisions(await staged(org.admin, journey))
        async with connected(cluster.url(SUPERUSER)) as superuser:
            assert await superuser.fetch(END, NAME)
            async with asyncio.timeout(10):
                while hints.established.is_set():
                    await superuser.fetchval("SELECT 1")
        last = await staged(org.admin, journey)
        # What was missed meanwhile is found by the look that a new beginning takes.
        assert (await ear.revisions(last))[-1] == last


async def test_hints_are_few_whatever_is_written(settings: Settings) -> None:
    said: list[str] = []
    listener = await asyncpg.connect(plain(settings.database_url))
    await listener.add_listener(CHANNEL, lambda *heard: said.append(str(heard[3])))
    moved: list[object] = []
    hints = Hints(plain(settings.database_url), moved.append)
    task = asyncio.create_task(hints.run())
    try:
        await hints.established.wait()
        streams = [new_id() for _ in range(MOST)]
        for one in streams:
            hints.say([one])
        last = new_id()
        hints.say([last, *(new_id() for _ in range(MOST))])
        async with asyncio.timeout(10):
            while not said:
                await listener.fetchval("SELECT 1")
        assert said == ["*"]
    finally:
        task.cancel()
        await listener.close()
    assert moved == [None]  # one's own words are no news


async def test_what_strangers_say_on_the_channel_does_no_harm(
    world: World, feed: Feed, settings: Settings
) -> None:
    app = await feed(hints=True, poll=60.0)
    await app.state.live.hints.established.wait()
    org = await world.organization()
    journey = await org.journey()
    async with (
        open_stream(enveloped(app), org.admin, f"/v1/journeys/{journey}/stream") as ear,
        connected(settings.database_url) as stranger,
    ):
        for text in ("", "x", "*,*", "," * 100, journey.hex[:-1]):
            await stranger.execute("SELECT pg_notify($1, $2)", CHANNEL, text)
        last = await staged(org.admin, journey)
        await stranger.execute("SELECT pg_notify($1, $2)", CHANNEL, journey.hex)
        assert (await ear.revisions(last))[-1] == last


async def test_without_hints_nobody_connects_for_them(feed: Feed) -> None:
    app = await feed(hints=False)
    assert app.state.live.hints is None
