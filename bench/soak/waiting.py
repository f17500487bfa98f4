"""Waiting for what happens in another process."""

import asyncio
from collections.abc import Callable


async def until(happened: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until it has happened."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110  it happens in another process
            await asyncio.sleep(0.02)
