"""A worker's feed on the database under test, with whatever consumer a test brings."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from api.commands.feed import Feed
from api.plugins.database import Database, make_engine
from api.settings import Settings
from domain.database import Transaction
from domain.services.steps.feeding import Batch, Consumer


@asynccontextmanager
async def feed(
    settings: Settings, consumers: Sequence[Consumer], only: UUID
) -> AsyncIterator[Feed]:
    """A feed with connections of its own, for one organization."""
    watching = Database(make_engine(settings.worker_database_url, 1))
    database = Database(make_engine(settings.database_url, 1))
    try:
        yield Feed(watching, database, consumers, only)
    finally:
        await watching.close()
        await database.close()


class Reader:
    """A consumer that notes what it reads, and fails at the entries it is told to."""

    def __init__(self, name: str) -> None:
        self.consumer = Consumer(name, self.read)
        self.seen: list[tuple[UUID, int, str]] = []
        self.fails_at: UUID | None = None

    async def read(self, tx: Transaction, batch: Batch) -> None:
        """Take note."""
        assert tx.organization_id == batch.organization_id
        self.seen += [(batch.stream_id, one["revision"], one["verb"]) for one in batch.entries]
        if batch.stream_id == self.fails_at:
            raise RuntimeError("told to fail")

    def revisions(self, stream_id: UUID) -> list[int]:
        """What was read of a stream."""
        return [revision for stream, revision, _ in self.seen if stream == stream_id]
