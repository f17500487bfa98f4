"""What was fetched from elsewhere: kept, renewed by one at a time, and not let go of lightly."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from domain import clock

T = TypeVar("T")

FRESH = timedelta(hours=1)
STALE = timedelta(hours=24)
"""How long what was fetched is good while it cannot be fetched again."""
RETRY = timedelta(seconds=5)
AGAIN = timedelta(seconds=30)
"""What must pass between two renewals that something unknown asks for."""
LOOK = timedelta(seconds=2)
"""How long an answer is good for whoever wants to know how things are now."""
NEVER = datetime.min.replace(tzinfo=UTC)


class Unavailable(Exception):
    """It could not be fetched, or was of no use; the message says why."""


class Kept(Generic[T]):
    """One thing that is fetched from elsewhere. `fetch` raises Unavailable."""

    def __init__(self, fetch: Callable[[], Awaitable[T]]) -> None:
        self._fetch = fetch
        self._value: T | None = None
        self._fetched = self._tried = self._asked = self._looked = NEVER
        self._fault = Unavailable("It was never fetched.")
        self._underway: asyncio.Task[T] | None = None

    async def get(self) -> T:
        """What was fetched within the hour; within a day, if it cannot be fetched now."""
        at = clock.now()
        if self._value is not None and at - self._fetched < FRESH:
            return self._value
        if at - self._tried < RETRY and self._underway is None:
            return self._old(at)
        try:
            return await self.fetched()
        except Unavailable:
            return self._old(at)

    async def renewed(self) -> T:
        """The same, fetched anew unless somebody has asked for that within 30 seconds."""
        at = clock.now()
        if self._underway is None and at - self._asked < AGAIN:
            return await self.get()
        self._asked = at
        try:
            return await self.fetched()
        except Unavailable:
            return self._old(at)

    async def looked_up(self) -> T:
        """What is there now, whatever is kept; Unavailable although something older is good.

        It is fetched anew unless somebody has looked within two seconds: so no storm is made.
        """
        at = clock.now()
        if self._underway is None and at - self._looked < LOOK:
            if self._fetched < self._tried or self._value is None:
                raise Unavailable(*self._fault.args)
            return self._value
        self._looked = at
        return await self.fetched()

    async def fetched(self) -> T:
        """The same, fetched once for all who wait; whoever goes away stops nobody."""
        if self._underway is None:
            self._underway = asyncio.create_task(self._fetching())
            self._underway.add_done_callback(_seen)
        return await asyncio.shield(self._underway)

    def _old(self, at: datetime) -> T:
        if self._value is None or at - self._fetched >= STALE:
            raise Unavailable(*self._fault.args)
        return self._value

    async def _fetching(self) -> T:
        self._tried = clock.now()
        try:
            self._value = await self._fetch()
            self._fetched = clock.now()
        except Unavailable as fault:
            self._fault = fault
            raise
        else:
            return self._value
        finally:
            self._underway = None


def _seen(task: asyncio.Task[Any]) -> None:
    """Whoever waited has gone: nobody is left to hear of a fault."""
    if not task.cancelled():
        task.exception()
