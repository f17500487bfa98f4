"""Letters about inboxes: finds whose is due anywhere, and writes each in its organization."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from api.commands.patrol import Patrol
from api.mail import Letter, Outbox, digest
from api.plugins.database import Database
from api.schemas.inbox.notifications import said
from domain.clock import now
from domain.database import Row
from domain.queries.inbox.notifications import places
from domain.queries.inbox.preferences import START, due
from domain.services.inbox.digests import Told, write

BATCH = 100


class Digests(Patrol):
    """One look after another at whose letter is due.

    `watching` is the database as the role that sees when; `database`, as the application's role.
    """

    def __init__(
        self, watching: Database, database: Database, outbox: Outbox, only: UUID | None = None
    ) -> None:
        super().__init__()
        self.watching, self.database, self.outbox, self.only = watching, database, outbox, only

    async def look(self) -> Counter[str]:
        """Write every letter that is due; how many were looked at, and what `failed`."""
        tally, after = Counter[str](), START
        while batch := await self._batch(after):
            for row in batch:
                if self.stop.is_set():
                    return tally
                if self.only in (None, row["organization_id"]):
                    tally[await self._one(row["organization_id"], row["member_id"])] += 1
            after = (batch[-1]["organization_id"], batch[-1]["member_id"])
        return tally

    async def _batch(self, after: tuple[UUID, UUID]) -> Sequence[Row]:
        async with self.watching.transaction() as tx:
            return await due(tx, now(), after, BATCH)

    async def _one(self, organization_id: UUID, member_id: UUID) -> str:
        key = organization_id, member_id
        if self.rests(key):
            return "busy"
        try:
            async with self.database.transaction(organization_id) as tx:
                told = await write(tx, member_id)
        except Exception as error:
            return self.put_off(key, error)
        self.went_well(key)
        if told is not None:
            self.outbox.put([letter_of(told)])
        return "done"


def letter_of(told: Told) -> Letter:
    """The letter: journey by journey, what happened and where."""
    parts = [
        (title or told.organization, [(said(row), " > ".join(places(row))) for row in rows])
        for (_, title), rows in groupby(
            told.lines, key=lambda row: (row["journey_id"], row["journey_title"])
        )
    ]
    return digest(told.email, told.name, told.organization, parts, more=told.more)
