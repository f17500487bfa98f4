"""A round that is made again and again, sooner when somebody asks for it, whatever goes wrong."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

log = logging.getLogger("touchstone.live")


class Beat:
    """Every `every` seconds, at once when woken, but never twice within `breath` seconds."""

    def __init__(self, every: float, breath: float) -> None:
        self.every, self.breath = every, breath
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Do not wait until the next time."""
        self._woken.set()

    async def run(self, work: Callable[[], Awaitable[None]]) -> None:
        """Until cancelled."""
        while True:
            self._woken.clear()
            try:
                await work()
            except Exception:  # the database is away: it will come back, and so does the round
                log.warning("a round of the live feed failed", exc_info=True)
            await asyncio.sleep(self.breath)
            with suppress(TimeoutError):
                async with asyncio.timeout(self.every - self.breath):
                    await self._woken.wait()
