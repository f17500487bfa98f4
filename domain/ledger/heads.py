"""Holding a stream: its head is locked before anything else, so that writers queue in one place."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, text

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.errors import NotFound
from domain.ledger.chain import Locked
from domain.models.records.ledger import Head
from domain.models.records.subjects import Subject
from domain.rules import canonical

_LOCK = hot(
    select(Head.stream_id, Head.revision, Head.hash)
    .where(
        Head.organization_id == bindparam("organization_id"),
        Head.stream_id == bindparam("stream_id"),
    )
    .with_for_update()
)
_LOCK_OF = hot(
    select(Head.stream_id, Head.revision, Head.hash)
    .join(
        Subject,
        (Subject.organization_id == Head.organization_id) & (Subject.journey_id == Head.stream_id),
    )
    .where(
        Subject.organization_id == bindparam("organization_id"),
        Subject.id == bindparam("subject_id"),
    )
    .with_for_update(of=Head)
)
_TOUCH = hot(
    text(
        "UPDATE heads SET revision = revision"
        " WHERE organization_id = CAST(:organization_id AS uuid)"
        " AND stream_id = CAST(:stream_id AS uuid)"
    )
)
_OPEN = hot(
    text(
        "INSERT INTO heads (organization_id, stream_id, kind, revision, hash) VALUES"
        " (CAST(:organization_id AS uuid), CAST(:stream_id AS uuid), CAST(:kind AS text), 0,"
        " CAST(:hash AS bytea))"
    )
)


async def lock(tx: Transaction, actor: Actor, stream_id: UUID) -> Locked:
    """Hold a stream; NotFound when the organization has no such stream."""
    return await _held(tx, _LOCK, organization_id=actor.organization_id, stream_id=stream_id)


async def lock_alone(tx: Transaction, stream_id: UUID) -> Locked:
    """Hold a stream of the transaction's organization where nobody acts but the system."""
    return await _held(tx, _LOCK, organization_id=tx.organization_id, stream_id=stream_id)


async def lock_organization(tx: Transaction, actor: Actor) -> Locked:
    """Hold the organization's own stream."""
    return await lock(tx, actor, actor.organization_id)


async def lock_of(tx: Transaction, actor: Actor, subject_id: UUID) -> Locked:
    """Hold the stream of the journey that a subject belongs to; NotFound without either."""
    return await _held(tx, _LOCK_OF, organization_id=actor.organization_id, subject_id=subject_id)


async def _held(tx: Transaction, statement: Hot, **given: Any) -> Locked:
    row = await tx.row(statement, **given)
    if row is None:
        raise NotFound
    return Locked(row["stream_id"], row["revision"], row["hash"])


async def touch(tx: Transaction, head: Locked) -> None:
    """Let whoever waits for a held stream read anew, where something changed without an entry."""
    await tx.run(_TOUCH, organization_id=tx.organization_id, stream_id=head.stream_id)


async def open_stream(tx: Transaction, organization_id: UUID, stream_id: UUID) -> Locked:
    """Begin the stream of a new journey or organization; nobody else can know it yet."""
    kind = "organization" if stream_id == organization_id else "journey"
    given = {"organization_id": organization_id, "stream_id": stream_id, "kind": kind}
    await tx.run(_OPEN, **given, hash=canonical.GENESIS)
    return Locked(stream_id, 0, canonical.GENESIS)
