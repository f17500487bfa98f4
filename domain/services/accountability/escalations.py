"""Escalating by hand: what is said goes to the next above whoever looks after it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.duties import EscalationCause, EscalationLevel
from domain.errors import Conflict, FieldError
from domain.ledger import Locked
from domain.queries.accountability.charts import chart_of, reading_as, sees_journey
from domain.queries.accountability.clocks import clock_of
from domain.queries.accountability.escalations import escalation, steps_of
from domain.queries.voices.annotations import shows
from domain.queries.voices.assignees import responsible_department
from domain.roles import May
from domain.rules.audience import audience
from domain.rules.escalation import Chart, Start, level_of, next_reached, start_at
from domain.services.steps.escalating import Step, go_up
from domain.services.steps.participants import take_in
from domain.services.steps.refusing import impossible
from domain.services.steps.threads import in_state, thread

ABOUT_THREADS = frozenset({EscalationCause.BY_HAND.value, EscalationCause.THREAD_OVERDUE.value})
_BY_GROUP = (EscalationLevel.DECISION_MAKER, EscalationLevel.EXECUTIVE)


async def escalate(
    tx: Transaction, actor: Actor, annotation_id: UUID, reason: str, to_member_id: UUID | None
) -> Row:
    """Take an open thread up: to the next level that has not been told, or to who is named."""
    head, row = await thread(tx, actor, annotation_id, May.ESCALATE)
    in_state(row, May.ESCALATE)
    chart = await chart_of(tx, actor.organization_id)
    start = await _start(tx, actor, chart, row)
    told = {
        taken["to_id"]
        for taken in await steps_of(tx, annotation_id)
        if taken["cause"] in ABOUT_THREADS and taken["about_id"] == start.member_id
    }
    if to_member_id is None:
        level, to_id = await _next_level(tx, chart, start, {*told, actor.member_id})
    else:
        level, to_id = _named(chart, start, to_member_id, actor, told), to_member_id
        await _check_outside(tx, row, level, reading_as(chart, actor.organization_id, to_id))
    head = await _let_see(tx, actor, head, row, (chart, to_id))
    step = Step(
        subject_id=annotation_id,
        touchpoint_id=row["touchpoint_id"],
        cause=EscalationCause.BY_HAND,
        level=level,
        about_id=start.member_id,
        to_id=to_id,
        reason=reason,
    )
    return await escalation(tx, actor, await go_up(tx, actor, head, step))


async def _start(tx: Transaction, actor: Actor, chart: Chart, row: Row) -> Start:
    """Where the climb begins: at the assignee; without one, below the head of the department that
    answers for the touchpoint; without that, at the owner of the journey.
    """
    if row["assignee_id"] is None and row["touchpoint_id"] is not None:
        department_id = await responsible_department(tx, actor, row["touchpoint_id"])
        if department_id is not None:
            return Start(None, department_id)
    return start_at(chart, row["assignee_id"] or row["owner_id"], None)


async def _next_level(
    tx: Transaction, chart: Chart, start: Start, told: Collection[UUID]
) -> tuple[EscalationLevel, UUID]:
    assert tx.organization_id is not None, "an annotation belongs to an organization"
    levels = [level for level, _ in (await clock_of(tx, tx.organization_id)).chain]
    found = next_reached(chart, start, levels, lambda one: one not in told)
    if found is None:
        raise Conflict(
            "Nobody is left up the chain who does not know of it: name a manager, a head of"
            " department, a decision-maker or an executive in to_member_id.",
            code="chain_ends",
        )
    place, to_id = found
    return levels[place], to_id


def _named(
    chart: Chart, start: Start, to_id: UUID, actor: Actor, told: Collection[UUID]
) -> EscalationLevel:
    """As what the named member stands above whoever it is about; refused when they do not."""
    if not chart.active(to_id):
        raise impossible("There is no such active member.", "unknown_member", "to_member_id")
    if to_id in told:
        detail = "This member has been told already: name somebody else, or nobody for the next."
        error = FieldError(detail, "already_escalated", pointer="#/to_member_id")
        raise Conflict(detail, code="already_escalated", errors=[error])
    level = level_of(chart, start, to_id)
    if level is None or to_id == actor.member_id:
        detail = (
            "Name somebody else who stands above: a manager or a head of department of whoever"
            " looks after it, a decision-maker or an executive."
        )
        raise impossible(detail, "not_above", "to_member_id")
    return level


async def _check_outside(
    tx: Transaction, row: Row, level: EscalationLevel, reading: dict[str, Any]
) -> None:
    """Whoever stands above by their group alone must see the journey without being named."""
    if level in _BY_GROUP and not await sees_journey(tx, reading, row["journey_id"]):
        detail = (
            "This member may not see the journey and stands outside the chain: name somebody who"
            " may, a manager or a head of department, or nobody for the next."
        )
        raise impossible(detail, "escalation_outside_chain", "to_member_id")


async def _let_see(
    tx: Transaction, actor: Actor, head: Locked, row: Row, to: tuple[Chart, UUID]
) -> Locked:
    """Let the member reached see the journey; what was said to fewer people stays with them."""
    chart, to_id = to
    if await shows(tx, reading_as(chart, actor.organization_id, to_id), row["id"]):
        return head
    groups = audience(row["visibility"], row["author_group"])
    if chart.members[to_id].group not in groups and to_id != row["author_id"]:
        detail = (
            "The member it would reach may not read this annotation: name somebody in to_member_id"
            " who may, or ask its author to show it to more people."
        )
        raise impossible(detail, "escalation_cannot_see", "to_member_id")
    return await take_in(tx, actor, head, members=[to_id])
