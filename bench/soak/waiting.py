"""Waiting for what happens in other processes."""

import asyncio
from contextlib import suppress
from typing import Any

import asyncpg

from bench.soak.ears import Ear
from bench.soak.fleet import Fleet


async def until(happened: Any, seconds: float = 30) -> None:
    """Wait until it has happened."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110  it happens in another process
            await asyncio.sleep(0.02)


async def head(two: Fleet) -> int:
    """Where the journey stands, asked of the database."""
    connection = await asyncpg.connect(two.settings.backup_database_url.replace("+asyncpg", ""))
    query = "SELECT revision FROM heads WHERE stream_id = $1"
    found: int = await connection.fetchval(query, two.ground.journey_id)
    await connection.close()
    return found


async def analyzed(two: Fleet) -> None:
    """Let the database look at what has grown at once, or it plans for it as if it were small.

    By itself it looks once a minute.
    """
    owner = await asyncpg.connect(two.settings.owner_database_url.replace("+asyncpg", ""))
    await owner.execute("ANALYZE")
    await owner.close()


async def heard_by_all(two: Fleet, ears: list[Ear]) -> int:
    """Wait until everybody is where the journey stands, or never will be."""
    last = await settled_head(two)
    with suppress(TimeoutError):
        await until(lambda: all((ear.revisions or [0])[-1] >= last for ear in ears))
    return last


async def settled_head(two: Fleet) -> int:
    """The same, once nobody writes any more."""
    before = -1
    while (now := await head(two)) != before:
        before = now
        await asyncio.sleep(1)
    return now
