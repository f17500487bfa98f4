"""Telling the clock when to look at something again, and that it need not any more."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from domain.clock import now
from domain.database import Transaction
from domain.duties import DeadlineKind, EscalationCause
from domain.models.accountability.escalations import Deadline


@dataclass(frozen=True, slots=True)
class Look:
    """What the clock is to do at which subject; `step` is the step of the chain taken then."""

    kind: DeadlineKind
    journey_id: UUID
    subject_id: UUID
    cause: EscalationCause | None = None
    step: int = 0


async def schedule(tx: Transaction, at: datetime, *looks: Look) -> None:
    """Let the clock look at subjects at a time."""
    assert tx.organization_id is not None, "a deadline belongs to an organization"
    deadlines = [
        Deadline(
            organization_id=tx.organization_id,
            journey_id=look.journey_id,
            subject_id=look.subject_id,
            kind=look.kind.value,
            cause=look.cause.value if look.cause else None,
            step=look.step,
            due_at=at,
        )
        for look in looks
    ]
    await tx.add(*deadlines)


async def settle(tx: Transaction, *subject_ids: UUID) -> None:
    """Tell the clock that there is nothing left to wait for at these subjects."""
    session = await tx.session()
    await session.execute(
        update(Deadline)
        .where(
            Deadline.organization_id == tx.organization_id,
            Deadline.subject_id.in_(subject_ids),
            Deadline.done_at.is_(None),
        )
        .values(done_at=now())
    )


async def done(tx: Transaction, deadline_id: UUID) -> None:
    """Say that a deadline has been looked after; what comes next is scheduled anew."""
    await _set(tx, deadline_id, done_at=now())


async def wait(tx: Transaction, deadline_id: UUID, until: datetime) -> None:
    """Look at the same deadline again later, because nothing can be done about it now."""
    await _set(tx, deadline_id, done_at=None, due_at=until)


async def _set(tx: Transaction, deadline_id: UUID, **values: datetime | None) -> None:
    session = await tx.session()
    await session.execute(
        update(Deadline)
        .where(Deadline.organization_id == tx.organization_id, Deadline.id == deadline_id)
        .values(**values)
    )
