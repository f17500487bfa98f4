"""The ledger as something to be consumed: what has moved, what follows, how far one has come.

The application's role sees one organization; the worker's sees of all of them how far each stream
has come and how far each consumer has, and nothing else.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, func, select, text, tuple_

from domain.database import Hot, Row, Transaction, hot
from domain.models.inbox.notifications import FeedPosition
from domain.models.records.ledger import Entry, Head
from domain.queries.readers import ORGANIZATION

Place = tuple[UUID, UUID, str]
"""An organization, a stream of it, and who consumes it."""

START: Place = (UUID(int=0), UUID(int=0), "")

_PLACE = ("organization", "stream", "consumer")
_STREAM = bindparam("stream_id", type_=Uuid())
_CONSUMER = bindparam("consumer", type_=Text())
# Whoever does not get the lock leaves the stream to who has it: nobody waits.
_CLAIM = hot(
    text(
        "SELECT pg_try_advisory_xact_lock(hashtextextended("
        "CAST(:consumer AS text) || CAST(CAST(:stream_id AS uuid) AS text), 0))"
    )
)
_POSITION = hot(
    select(FeedPosition.revision).where(
        FeedPosition.organization_id == ORGANIZATION,
        FeedPosition.stream_id == _STREAM,
        FeedPosition.consumer == _CONSUMER,
    )
)
# The lock only saves work. That an entry is consumed once is held by this row: it moves from where
# the reading began, or not at all.
_MOVE = hot(
    text(
        "INSERT INTO feed_positions (organization_id, stream_id, consumer, revision) VALUES"
        " (CAST(:organization_id AS uuid), CAST(:stream_id AS uuid), CAST(:consumer AS text),"
        " CAST(:reached AS bigint)) ON CONFLICT (organization_id, stream_id, consumer)"
        " DO UPDATE SET revision = excluded.revision"
        " WHERE feed_positions.revision = CAST(:since AS bigint)"
    )
)
_FOLLOWING = hot(
    select(
        Entry.revision,
        Entry.at,
        Entry.actor_kind,
        Entry.actor_id,
        Entry.verb,
        Entry.subject_kind,
        Entry.subject_id,
        Entry.version,
    )
    .where(
        Entry.organization_id == ORGANIZATION,
        Entry.stream_id == _STREAM,
        Entry.revision > bindparam("since"),
    )
    .order_by(Entry.revision)
    .limit(bindparam("limit"))
)


@cache
def _moved(alone: bool) -> Hot:
    listed = func.unnest(bindparam("consumers", type_=ARRAY(Text())))
    name: Any = listed.table_valued("consumer").render_derived()
    consumer = name.c.consumer
    place = tuple_(Head.organization_id, Head.stream_id, consumer)
    last: list[Any] = [bindparam(f"last_{name}") for name in _PLACE]
    found = (
        select(Head.organization_id, Head.stream_id, consumer)
        .join(name, Head.revision > 0)
        .outerjoin(
            FeedPosition,
            (FeedPosition.organization_id == Head.organization_id)
            & (FeedPosition.stream_id == Head.stream_id)
            & (FeedPosition.consumer == consumer),
        )
        .where(Head.revision > func.coalesce(FeedPosition.revision, 0), place > tuple_(*last))
        .order_by(Head.organization_id, Head.stream_id, consumer)
        .limit(bindparam("limit"))
    )
    return hot(found.where(Head.organization_id == ORGANIZATION) if alone else found)


# Revisions only grow: while their sum is what it was, nothing has moved anywhere. Adding them up
# costs a fraction of comparing each head with each position.
_EXTENT = hot(select(func.coalesce(func.sum(Head.revision), 0)))


async def extent(tx: Transaction) -> int:
    """How much has happened in all streams that are seen."""
    return int(await tx.value(_EXTENT))


async def moved(
    tx: Transaction, consumers: Sequence[str], only: UUID | None, after: Place, limit: int
) -> Sequence[Row]:
    """Where there is news for whom, in any organization or in one, after a place."""
    last = {f"last_{name}": value for name, value in zip(_PLACE, after, strict=True)}
    given = {} if only is None else {"organization_id": only}
    return await tx.rows(
        _moved(bool(given)), consumers=list(consumers), limit=limit, **last, **given
    )


async def claim(tx: Transaction, stream_id: UUID, consumer: str) -> int | None:
    """The last revision that was consumed; None while somebody else is at it."""
    if not await tx.value(_CLAIM, stream_id=stream_id, consumer=consumer):
        return None
    # A statement of its own: its snapshot has what the one before us committed.
    given = {"organization_id": tx.organization_id, "stream_id": stream_id}
    return await tx.value(_POSITION, **given, consumer=consumer) or 0


async def following(tx: Transaction, stream_id: UUID, since: int, limit: int) -> Sequence[Row]:
    """The entries of a stream after a revision, in their order."""
    given = {"organization_id": tx.organization_id, "stream_id": stream_id}
    return await tx.rows(_FOLLOWING, **given, since=since, limit=limit)


async def move(tx: Transaction, stream_id: UUID, consumer: str, since: int, reached: int) -> bool:
    """Go on from one revision to another; False when somebody has gone on in the meantime."""
    given = {"organization_id": tx.organization_id, "stream_id": stream_id, "consumer": consumer}
    return await tx.run(_MOVE, **given, since=since, reached=reached) == 1
