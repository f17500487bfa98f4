"""Moments of truth: nominate, confirm, state what is at stake, retire."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import Conflict, NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.policy import require
from domain.roles import May
from domain.services.steps.assigning import end_all
from domain.services.steps.changing import change
from domain.services.steps.moments import living, restate
from domain.services.steps.places import current, enter_of
from domain.words import MomentStatus

UNSTATED = {
    "stakes": "",
    "customers_per_month": None,
    "value_at_risk": None,
    "value_currency": "USD",
}
"""A moment at which nobody has said yet what is at stake."""


async def nominate(
    tx: Transaction, actor: Actor, touchpoint_id: UUID, fields: Mapping[str, Any]
) -> Moment:
    """Propose a touchpoint as decisive; saying what is at stake takes the right to state stakes."""
    head, place = await enter_of(tx, actor, touchpoint_id, Touchpoint.subject_kind)
    if place.subject_removed:
        raise NotFound
    require(actor, May.NOMINATE_MOMENT, place.standing(actor))
    if any(fields.get(name, unsaid) != unsaid for name, unsaid in UNSTATED.items()):
        require(actor, May.STATE_STAKES, place.standing(actor))
    moment = Moment(
        organization_id=actor.organization_id,
        journey_id=place.journey_id,
        touchpoint_id=touchpoint_id,
        created_by=actor.member_id,
        **fields,
    )
    await tx.add(moment)
    await ledger.record(tx, actor, head, Fact(Verb.MOMENT_NOMINATED, moment))
    return moment


async def update(
    tx: Transaction, actor: Actor, moment_id: UUID, changes: Mapping[str, Any], expected: int
) -> None:
    """Change what is said about a moment that is not retired."""
    head, moment = await living(tx, actor, moment_id, May.STATE_STAKES)
    current(moment.version, expected)
    await ledger.record(tx, actor, head, *restate(moment, changes))


async def confirm(tx: Transaction, actor: Actor, moment_id: UUID, expected: int) -> None:
    """Declare a nominated touchpoint a moment of truth."""
    head, moment = await living(tx, actor, moment_id, May.CONFIRM_MOMENT)
    current(moment.version, expected)
    if moment.status != MomentStatus.NOMINATED:
        raise Conflict("This moment is confirmed already.", code="moment_confirmed")
    decided = {"confirmed_by": actor.member_id, "confirmed_at": now()}
    change(moment, {"status": MomentStatus.CONFIRMED.value, **decided})
    await ledger.record(tx, actor, head, Fact(Verb.MOMENT_CONFIRMED, moment))


async def retire(
    tx: Transaction, actor: Actor, moment_id: UUID, reason: str, expected: int
) -> None:
    """Say that a touchpoint is decisive no more; nobody answers for it then, its history stays."""
    head, moment = await living(tx, actor, moment_id, May.RETIRE_MOMENT)
    current(moment.version, expected)
    decided = {"retired_by": actor.member_id, "retired_at": now(), "retirement_reason": reason}
    change(moment, {"status": MomentStatus.RETIRED.value, **decided})
    head = await ledger.record(tx, actor, head, Fact(Verb.MOMENT_RETIRED, moment))
    await end_all(tx, actor, head, moment_id, "The moment was retired.")
