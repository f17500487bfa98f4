"""The clock's own steps up the chain: nobody accepted, nobody answered, a thread is overdue."""

from collections.abc import Callable
from uuid import UUID

from domain.clock import now
from domain.database import Row, Transaction
from domain.duties import DeadlineKind, EscalationCause
from domain.ledger import Locked
from domain.queries.accountability.charts import chart_of, reading_as, sees_journey
from domain.queries.accountability.clocks import Clock, clock_of
from domain.queries.accountability.escalations import told_by_clock
from domain.queries.accountability.matters import matter
from domain.roles import Group
from domain.rules.audience import audience
from domain.rules.calendar import after
from domain.rules.escalation import Chart, next_reached, start_at
from domain.services.steps.deadlines import Look, schedule, wait
from domain.services.steps.escalating import Step, go_up
from domain.services.steps.participants import let_in


async def look(tx: Transaction, head: Locked, deadline: Row) -> None:
    """Take the step that is due, if somebody still owes what it is about.

    The journey is held and the deadline is done with. While the journey is locked or archived, or
    what it is about is removed, nobody could do anything: the clock looks again on the next working
    day.
    """
    assert tx.organization_id is not None, "a deadline belongs to an organization"
    what = await matter(tx, deadline["cause"], deadline["subject_id"])
    if what is None or not what["unsettled"]:
        return
    clock = await clock_of(tx, tx.organization_id)
    if what["waits"]:
        await wait(tx, deadline["id"], after(clock.calendar, now(), 1))
        return
    await _climb(tx, head, deadline, what, clock)


async def _climb(tx: Transaction, head: Locked, deadline: Row, what: Row, clock: Clock) -> None:
    """Reach the first level from this step on that is news to somebody, and wait for the next."""
    cause, organization_id = EscalationCause(deadline["cause"]), deadline["organization_id"]
    chart = await chart_of(tx, organization_id)
    start = start_at(chart, what["member_id"], what["department_id"])
    told = await told_by_clock(tx, deadline["subject_id"], cause)
    levels = [level for level, _ in clock.chain][deadline["step"] - 1 :]
    found = next_reached(chart, start, levels, _is_news(chart, what, told))
    if found is None:
        return
    place, to_id = found
    if not await sees_journey(tx, reading_as(chart, organization_id, to_id), head.stream_id):
        head = await let_in(tx, head, to_id, what["owner_id"])
    step = Step(
        subject_id=deadline["subject_id"],
        touchpoint_id=what["touchpoint_id"],
        cause=cause,
        level=levels[place],
        about_id=start.member_id,
        to_id=to_id,
    )
    await go_up(tx, None, head, step)
    await _wait_for_next(tx, deadline, deadline["step"] + place, clock)


def _is_news(chart: Chart, what: Row, told: set[UUID]) -> Callable[[UUID], bool]:
    """Whether somebody has not been told yet, and may know of it at all."""
    groups = frozenset(Group)
    if what["visibility"] is not None:
        groups = audience(what["visibility"], what["author_group"])

    def is_news(member_id: UUID) -> bool:
        knows = member_id == what["author_id"] or chart.members[member_id].group in groups
        return knows and member_id not in told

    return is_news


async def _wait_for_next(tx: Transaction, deadline: Row, taken: int, clock: Clock) -> None:
    """Let the clock look again when the next level has waited; after the last there is none."""
    if taken >= len(clock.chain):
        return
    cause = EscalationCause(deadline["cause"])
    ids = deadline["journey_id"], deadline["subject_id"]
    following = Look(DeadlineKind.ESCALATE, *ids, cause=cause, step=taken + 1)
    await schedule(tx, after(clock.calendar, now(), clock.chain[taken][1]), following)
