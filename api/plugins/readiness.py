"""Can this process work: does the database answer, and is its schema the one this code needs?"""

import asyncio
import logging
import time

from sqlalchemy import text

from api.plugins.database import Database
from api.plugins.revision import STANDING, newest
from domain.database import hot
from domain.errors import Unavailable

FRESH_SECONDS = 1.0
WITHIN_SECONDS = 2.0

log = logging.getLogger("touchstone.readiness")

_STANDING = hot(text(STANDING))


class Readiness:
    """Asks at most once a second, however often it is asked."""

    def __init__(self) -> None:
        self.needed = newest()
        self.draining = False
        self._until = 0.0
        self._fault: str | None = None

    async def check(self, database: Database) -> None:
        """Return when all is well; Unavailable says what is not."""
        if self.draining:
            raise Unavailable(2, "This process is going: send no more requests here.")
        if time.monotonic() >= self._until:
            self._fault = await self._look(database)
            self._until = time.monotonic() + FRESH_SECONDS
        if self._fault is not None:
            raise Unavailable(2, self._fault)

    async def _look(self, database: Database) -> str | None:
        try:
            async with asyncio.timeout(WITHIN_SECONDS), database.transaction() as tx:
                standing = await tx.value(_STANDING)
        except Exception:  # whatever it is, the service cannot work, and says so
            log.warning("the database does not answer", exc_info=True)
            return "The database does not answer."
        if standing != self.needed:
            return f"The database is at {standing}, this release needs {self.needed}: migrate it."
        return None
