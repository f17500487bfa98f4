"""A clock on the database under test, and a time that moves when a test says so."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from api.commands.clockwork import Clockwork
from api.commands.works import at_work
from api.settings import Settings
from domain import clock
from tests.world import Caller, World


def march(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in March 2027, in UTC; the first is a Monday."""
    return datetime(2027, 3, day, hour, minute, tzinfo=UTC)


@dataclass
class Hands:
    """The clock, and its hands: the time as everybody reads it while the test runs."""

    world: World
    works: Clockwork
    moment: datetime = field(default=march(1))

    def move(self, to: datetime, people: Iterable[Caller] = ()) -> None:
        """Go to a moment; people sign in anew, for their tokens last minutes only."""
        self.moment = to
        for caller in people:
            caller.token = self.world.tokens.issue(caller.principal)

    async def look(
        self, at: datetime, people: Iterable[Caller] = (), only: UUID | None = None
    ) -> Counter[str]:
        """Go to a moment, and let the clock look; other tests' things are none of its business."""
        self.move(at, people)
        self.works.only = only
        return await self.works.look()


@asynccontextmanager
async def hands(world: World, settings: Settings) -> AsyncIterator[Hands]:
    """A clock that stands at nine on Monday, 1 March 2027."""
    async with at_work(settings) as works:
        made = Hands(world, works.clock)
        with clock.replaced(lambda: made.moment):
            yield made
