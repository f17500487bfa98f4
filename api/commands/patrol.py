"""Looking again and again for what is to be done, and being patient with what goes wrong."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Hashable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from api.problems.storage import translate
from domain.clock import now
from domain.errors import Unavailable

log = logging.getLogger("touchstone.clock")

FIRST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(hours=1)
LONGEST_WAIT = 60.0  # seconds between two tries while the database does not answer


class Patrol(ABC):
    """One look after another, until `stop` is set; `least` seconds apart, if not more."""

    def __init__(self) -> None:
        self.stop = asyncio.Event()
        self.least = 0.0
        self._rests: dict[Hashable, tuple[timedelta, datetime]] = {}

    @abstractmethod
    async def look(self) -> Counter[str]:
        """Do everything that is to be done by now; how much was what."""

    async def run(self, every: float) -> None:
        """Look again and again until `stop` is set."""
        wait = every
        while not self.stop.is_set():
            try:
                await self.look()
                wait = max(every, self.least)
            except Exception as error:
                wait = min(max(wait, 1.0) * 2, LONGEST_WAIT)
                told = type(self).__name__, wait, error
                log.warning("%s cannot look, again in %.0f s: %r", *told)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stop.wait(), wait)

    def rests(self, key: Hashable) -> bool:
        """Whether something failed so short a time ago that it is left alone."""
        return key in self._rests and now() < self._rests[key][1]

    def went_well(self, key: Hashable) -> None:
        """Forget that it ever failed."""
        self._rests.pop(key, None)

    def put_off(self, key: Hashable, error: Exception) -> str:
        """What is busy is left until the next look; what fails, for longer each time."""
        if isinstance(error, Unavailable) or isinstance(translate(error), Unavailable):
            return "busy"
        rest = min(self._rests[key][0] * 2, LONGEST_REST) if key in self._rests else FIRST_REST
        self._rests[key] = rest, now() + rest
        told: Any = {"exc_info": error}
        log.error("%s failed at %s, again in %s", type(self).__name__, key, rest, **told)
        return "failed"
