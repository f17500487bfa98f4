"""The steps of answering for a moment: give a responsibility, let it go on, let it end."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.duties import DeadlineKind, EscalationCause, ResponsibilityStatus
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.accountability.responsibilities import Responsibility
from domain.queries.accountability.answering import live_of_moment
from domain.queries.accountability.clocks import clock_of
from domain.rules.calendar import after
from domain.services.steps.changing import change
from domain.services.steps.deadlines import Look, schedule, settle
from domain.services.steps.participants import take_in
from domain.services.steps.subjects import entity


async def give(
    tx: Transaction, actor: Actor, head: Locked, journey_id: UUID, fields: Mapping[str, Any]
) -> tuple[Locked, Responsibility]:
    """Assign a responsibility: who gets it may see the journey, and the clock begins to wait."""
    clock = await clock_of(tx, actor.organization_id)
    answer_by = after(clock.calendar, now(), clock.accept_days)
    given = Responsibility(
        organization_id=actor.organization_id,
        journey_id=journey_id,
        created_by=actor.member_id,
        answer_by=answer_by,
        **fields,
    )
    await tx.add(given)
    members = [given.member_id] if given.member_id else []
    departments = [given.department_id] if given.department_id else []
    head = await take_in(tx, actor, head, members=members, departments=departments)
    head = await ledger.record(tx, actor, head, Fact(Verb.RESPONSIBILITY_ASSIGNED, given))
    if clock.chain:
        look = Look(
            DeadlineKind.ESCALATE, journey_id, given.id, EscalationCause.NOT_ACCEPTED, step=1
        )
        await schedule(tx, after(clock.calendar, answer_by, clock.chain[0][1]), look)
    return head, given


async def proceed(
    tx: Transaction,
    actor: Actor,
    head: Locked,
    what: tuple[Responsibility, Verb],
    changes: Mapping[str, Any],
) -> Locked:
    """Take a responsibility one step further; there is nothing left for the clock to wait for."""
    held, verb = what
    change(held, changes)
    await settle(tx, held.id)
    return await ledger.record(tx, actor, head, Fact(verb, held))


def answered(actor: Actor, status: ResponsibilityStatus, reason: str = "") -> dict[str, Any]:
    """What changes when whoever it was given to accepts or declines."""
    decided = {"answered_by": actor.member_id, "answered_at": now()}
    return {"status": status.value, "reason": reason, **decided}


def ended(actor: Actor, reason: str) -> dict[str, Any]:
    """What changes when it ends."""
    decided = {"ended_by": actor.member_id, "ended_at": now()}
    return {"status": ResponsibilityStatus.ENDED.value, "reason": reason, **decided}


async def end_all(
    tx: Transaction, actor: Actor, head: Locked, moment_id: UUID, reason: str
) -> Locked:
    """End every live responsibility for a moment that is held."""
    for responsibility_id in await live_of_moment(tx, actor, moment_id):
        held = await entity(tx, actor, Responsibility, responsibility_id)
        what = held, Verb.RESPONSIBILITY_ENDED
        head = await proceed(tx, actor, head, what, ended(actor, reason))
    return head
