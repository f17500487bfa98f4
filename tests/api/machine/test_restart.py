"""PostgreSQL restarts under writers on two processes' worth of applications; the rest is a soak."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from threading import Event

import httpx
import pytest

from api.app import create_litestar, enveloped
from api.settings import Settings
from bench.soak.outage import OUTAGES, Fragile, accepts, fragile
from bench.soak.restart import Score, counted, write
from bench.soak.serving import prepared
from tests.cluster import PROGRAMS
from tests.conftest import running

WRITERS, ENOUGH = 4, 3


@pytest.fixture
def outage() -> Iterator[tuple[Fragile, Settings]]:
    """A cluster that no other test needs."""
    with fragile(PROGRAMS, durable=False) as made:
        yield made


async def until_each(score: Score, count: int) -> None:
    """Until so many more have been acknowledged."""
    wanted = len(score.acknowledged) + count
    async with asyncio.timeout(30):
        while len(score.acknowledged) < wanted:
            await score.told.wait()
            score.told.clear()


async def test_a_restart_loses_nothing_that_was_acknowledged(
    outage: tuple[Fragile, Settings],
) -> None:
    cluster, settings = outage
    ground, score, over = await prepared(settings), Score(), Event()
    async with AsyncExitStack() as stack:
        apps = [create_litestar(settings) for _ in range(2)]
        for app in apps:
            await stack.enter_async_context(running(app.lifespan()))
        writers = await stack.enter_async_context(asyncio.TaskGroup())
        for number in range(WRITERS):
            transport = httpx.ASGITransport(enveloped(apps[number % 2]), raise_app_exceptions=False)
            client = httpx.AsyncClient(transport=transport, base_url="http://test")
            writers.create_task(write(client, ground, score, over))
        await until_each(score, ENOUGH)
        await asyncio.to_thread(OUTAGES["fast restart"], cluster)
        began = await accepts(settings)
        await until_each(score, WRITERS + ENOUGH)
        over.set()
    verdict = await counted(settings, score, began)
    assert verdict.held, verdict
    assert verdict.answers["503"], "nobody noticed"
