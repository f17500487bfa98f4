"""The clock of a thread: it runs while the thread is open, has an assignee and is due."""

from datetime import date, datetime
from uuid import UUID

from domain.clock import now
from domain.database import Row, Transaction
from domain.duties import DeadlineKind, EscalationCause
from domain.queries.accountability.clocks import Clock, clock_of
from domain.rules.calendar import after, end_of
from domain.services.steps.deadlines import Look, schedule, settle
from domain.words import AnnotationStatus


async def rewind(tx: Transaction, before: Row, now_is: Row) -> None:
    """Let the clock follow a change: settle what it waited for, wait for what is due now."""
    was, due = _awaited(before), _awaited(now_is)
    if was == due:
        return
    assert tx.organization_id is not None, "a thread belongs to an organization"
    await settle(tx, now_is["id"])
    if due is not None:
        clock = await clock_of(tx, tx.organization_id)
        look = Look(
            DeadlineKind.ESCALATE,
            now_is["journey_id"],
            now_is["id"],
            EscalationCause.THREAD_OVERDUE,
            step=1,
        )
        await schedule(tx, _first_look(clock, due[1]), look)


def _awaited(row: Row) -> tuple[UUID, date] | None:
    """Who owes it until when, if anybody does."""
    if row["status"] != AnnotationStatus.OPEN or row["assignee_id"] is None:
        return None
    return None if row["due_on"] is None else (row["assignee_id"], row["due_on"])


def _first_look(clock: Clock, due_on: date) -> datetime:
    """When the first level is reached; what is overdue already is given a working day."""
    days = clock.chain[0][1]
    late_at = end_of(clock.calendar, due_on)
    if late_at > now():
        return after(clock.calendar, late_at, days)
    return after(clock.calendar, now(), max(days, 1))
