"""The clock: looks for what is due anywhere, and does each in its own organization's transaction.

Any number of clocks may run. Who does something holds its journey; another finds it done when its
turn comes. A clock that is killed leaves a transaction that never was.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from api.commands.patrol import Patrol
from api.commands.worker_handlers import HANDLERS
from api.mail import Letter, Outbox
from api.plugins.database import Database
from domain import ledger
from domain.clock import now
from domain.database import Row
from domain.duties import DeadlineKind
from domain.queries.accountability.deadlines import due, open_deadline
from domain.services.steps.deadlines import done

BATCH = 100
START = (datetime(1970, 1, 1, tzinfo=UTC), UUID(int=0))


async def handle(database: Database, organization_id: UUID, deadline_id: UUID) -> Sequence[Letter]:
    """Do what is due, once, and say whom to write to; nothing when somebody else has done it."""
    async with database.transaction(organization_id) as tx:
        found = await open_deadline(tx, deadline_id, now())
        if found is None:
            return ()
        head = await ledger.lock_alone(tx, found["journey_id"])
        # While we waited for the journey it may have been done, settled or put off.
        found = await open_deadline(tx, deadline_id, now())
        if found is None:
            return ()
        await done(tx, deadline_id)
        return await HANDLERS[DeadlineKind(found["kind"])](tx, head, found)


class Clockwork(Patrol):
    """One pass after another.

    `watching` is the database as the role that sees when something is due anywhere; `database`, as
    the application's role, to which each organization is all there is. `only` is the one
    organization to look after, None for all.
    """

    def __init__(
        self, watching: Database, database: Database, outbox: Outbox, only: UUID | None = None
    ) -> None:
        super().__init__()
        self.watching, self.database, self.outbox, self.only = watching, database, outbox, only
        self._busy: set[UUID] = set()

    async def look(self) -> Counter[str]:
        """Do everything that is due by now; how much was `done`, put off as `busy`, or `failed`."""
        tally, after = Counter[str](), START
        self._busy.clear()
        while batch := await self._batch(after):
            for row in batch:
                if self.stop.is_set():
                    return tally
                if self.only in (None, row["organization_id"]):
                    tally[await self._one(row)] += 1
            after = (batch[-1]["due_at"], batch[-1]["id"])
        return tally

    async def _batch(self, after: tuple[datetime, UUID]) -> Sequence[Row]:
        async with self.watching.transaction() as tx:
            return await due(tx, now(), after, BATCH)

    async def _one(self, row: Row) -> str:
        """Do one thing; whatever goes wrong with it is no reason to leave the others.

        While a journey is busy, nothing else of its organization is tried in the same look.
        """
        key = organization_id, deadline_id = row["organization_id"], row["id"]
        if organization_id in self._busy or self.rests(key):
            return "busy"
        try:
            letters = await handle(self.database, organization_id, deadline_id)
        except Exception as error:
            became = self.put_off(key, error)
            if became == "busy":
                self._busy.add(organization_id)
            return became
        self.went_well(key)
        self.outbox.put(letters)
        return "done"
