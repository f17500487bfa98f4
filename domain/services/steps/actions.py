"""Finding an action in order to change it, and keeping its clock."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.duties import DeadlineKind, EscalationCause
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.outcomes.actions import Action, Outcome
from domain.policy import require
from domain.queries.accountability.clocks import Clock, clock_of
from domain.queries.outcomes.actions import outcome_id
from domain.queries.outcomes.owners import can_own
from domain.roles import Condition, May, Relation
from domain.rules.actions import OWED
from domain.rules.calendar import after, end_of
from domain.services.steps.changing import change
from domain.services.steps.deadlines import Look, schedule, settle
from domain.services.steps.participants import take_in
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import entity, subject

Awaited = tuple[UUID, date] | None


async def action_to(
    tx: Transaction, actor: Actor, action_id: UUID, may: May, *, removed: bool = False
) -> tuple[Locked, Action, Outcome | None]:
    """Hold an action's journey, find it with its outcome, and see that the actor may."""
    head, place, found = await subject(tx, actor, Action, action_id, removed)
    its_outcome = await outcome_id(tx, actor, action_id)
    outcome = await entity(tx, actor, Outcome, its_outcome) if its_outcome else None
    owns = found.owner_id == actor.member_id
    recorded = outcome is not None and outcome.recorded_by == actor.member_id
    owned = outcome is not None and outcome.owner_id == actor.member_id
    held = [] if owns or owned else [Condition.NOT_ACTION_OWNER]
    held += [] if recorded else [Condition.NOT_OUTCOME_RECORDER]
    ties = (Relation.ACTION_OWNER,) if owns else ()
    require(actor, may, place.standing(actor, *ties, conditions=tuple(held)))
    return head, found, outcome


async def check_owner(tx: Transaction, actor: Actor, member_id: UUID, journey_id: UUID) -> None:
    """Invalid unless this is an active member who reads the journey."""
    sees = await can_own(tx, actor, member_id, journey_id)
    if sees is None:
        raise impossible("There is no such active member.", "unknown_member", "owner_id")
    if not sees:
        detail = "This member cannot see the journey: grant them access, or name somebody who can."
        raise impossible(detail, "owner_cannot_see", "owner_id")


def awaited(one: Action) -> Awaited:
    """Who owes it until when, if anybody does."""
    if one.status not in OWED or one.removed_at is not None or one.due_on is None:
        return None
    return one.owner_id, one.due_on


async def wind(tx: Transaction, one: Action, was: Awaited) -> None:
    """Let the clock follow a change: settle what it waited for, wait for what is due now."""
    await wind_all(tx, [(one, was)])


async def wind_all(tx: Transaction, changed: Iterable[tuple[Action, Awaited]]) -> None:
    """The same for several at once, each with what it waited for before."""
    turned = [one for one, was in changed if awaited(one) != was]
    if not turned:
        return
    await settle(tx, *(one.id for one in turned))
    due: dict[date, list[Look]] = {}
    for one in turned:
        if owed := awaited(one):
            cause = EscalationCause.ACTION_OVERDUE
            look = Look(DeadlineKind.ESCALATE, one.journey_id, one.id, cause, step=1)
            due.setdefault(owed[1], []).append(look)
    clock = await clock_of(tx, turned[0].organization_id) if due else None
    if clock is None or not clock.chain:
        return
    for due_on, looks in due.items():
        await schedule(tx, _first_look(clock, due_on), *looks)


async def hand_on(
    tx: Transaction, actor: Actor, head: Locked, action_id: UUID, to_member_id: UUID
) -> Locked:
    """Give an action to another member, who may see its journey from then on."""
    found = await entity(tx, actor, Action, action_id)
    was = awaited(found)
    change(found, {"owner_id": to_member_id})
    if not await can_own(tx, actor, to_member_id, found.journey_id):
        head = await take_in(tx, actor, head, members=[to_member_id])
    head = await ledger.record(tx, actor, head, Fact(Verb.ACTION_HANDED_OVER, found))
    await wind(tx, found, was)
    return head


def _first_look(clock: Clock, due_on: date) -> datetime:
    """When the first level is reached; what is overdue already is given a working day."""
    days = clock.chain[0][1]
    late_at = end_of(clock.calendar, due_on)
    if late_at > now():
        return after(clock.calendar, late_at, days)
    return after(clock.calendar, now(), max(days, 1))
