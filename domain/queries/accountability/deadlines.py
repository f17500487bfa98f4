"""What the clock has to look at: across organizations by its time alone, within one in full."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam, select, tuple_

from domain.database import Row, Transaction, hot
from domain.models.accountability.escalations import Deadline
from domain.queries.readers import ORGANIZATION

_BY, _SINCE = (bindparam(name, type_=DateTime(timezone=True)) for name in ("by", "since"))
# The bound on due_at alone is what the index of open deadlines takes; the pair breaks ties.
_DUE = hot(
    select(Deadline.organization_id, Deadline.id, Deadline.due_at)
    .where(
        Deadline.done_at.is_(None),
        Deadline.due_at <= _BY,
        Deadline.due_at >= _SINCE,
        tuple_(Deadline.due_at, Deadline.id) > tuple_(_SINCE, bindparam("last", type_=Uuid())),
    )
    .order_by(Deadline.due_at, Deadline.id)
    .limit(bindparam("limit"))
)
_OPEN = hot(
    select(*Deadline.__table__.c).where(
        Deadline.organization_id == ORGANIZATION,
        Deadline.id == bindparam("id", type_=Uuid()),
        Deadline.done_at.is_(None),
        Deadline.due_at <= _BY,
    )
)


async def due(
    tx: Transaction, by: datetime, after: tuple[datetime, UUID], limit: int
) -> Sequence[Row]:
    """What is due in any organization, oldest first, after a place in that order.

    Only the role of the worker sees other organizations; their ids and times are all it sees.
    """
    since, last = after
    return await tx.rows(_DUE, by=by, since=since, last=last, limit=limit)


async def open_deadline(tx: Transaction, deadline_id: UUID, by: datetime) -> Row | None:
    """A deadline of the transaction's organization that is due and has not been looked after."""
    return await tx.row(_OPEN, organization_id=tx.organization_id, id=deadline_id, by=by)
