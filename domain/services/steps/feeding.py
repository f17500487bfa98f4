"""Consuming the ledger: what a consumer makes of entries and how far it has come is one commit."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.database import Row, Transaction
from domain.errors import Unavailable
from domain.queries.inbox import feed

BATCH = 200


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries of one stream in their order: revision, at, actor_kind, actor_id, verb,
    subject_kind, subject_id, version."""

    organization_id: UUID
    stream_id: UUID
    entries: Sequence[Row]

    @property
    def journey_id(self) -> UUID | None:
        """The journey whose stream it is; None for the organization's own."""
        return None if self.stream_id == self.organization_id else self.stream_id


@dataclass(frozen=True, slots=True)
class Consumer:
    """Who reads every entry of every stream once, under a name that must not change.

    `read` is given the transaction of the organization, in which it writes what it makes of them;
    it must neither commit nor act outside it. A new consumer begins with the first entry.
    """

    name: str
    read: Callable[[Transaction, Batch], Awaitable[None]]


async def advance(tx: Transaction, consumer: Consumer, stream_id: UUID) -> int:
    """Let a consumer read what is next in a stream; how many entries that were.

    Unavailable while another worker is at it: whoever comes later finds it done.
    """
    assert tx.organization_id is not None, "a stream belongs to an organization"
    since = await feed.claim(tx, stream_id, consumer.name)
    if since is None:
        raise Unavailable
    entries = await feed.following(tx, stream_id, since, BATCH)
    if entries:
        await consumer.read(tx, Batch(tx.organization_id, stream_id, entries))
        if not await feed.move(tx, stream_id, consumer.name, since, entries[-1]["revision"]):
            raise Unavailable
    return len(entries)
