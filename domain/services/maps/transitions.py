"""How far along a journey is, and whether it is closed for a while: move, lock, unlock."""

from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import Conflict, FieldError
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.maps.journeys import Journey
from domain.policy import require
from domain.queries.accountability.missing import missing
from domain.roles import Condition, May
from domain.rules.sign_offs import lacks
from domain.rules.status import transition
from domain.services.steps.changing import change
from domain.services.steps.places import current
from domain.services.steps.subjects import subject
from domain.words import JourneyStatus


async def move(
    tx: Transaction, actor: Actor, journey_id: UUID, to: JourneyStatus, reason: str, expected: int
) -> None:
    """Give a journey another status; the journey as it is approved counts as reviewed.

    An executive with a reason overrides sign-off rules that are not satisfied; that is recorded.
    """
    head, place, journey = await subject(tx, actor, Journey, journey_id)
    before = JourneyStatus(journey.status_before) if journey.status_before else None
    step = transition(JourneyStatus(journey.status), to, before)
    lacking = await _lacking(tx, actor, journey_id, step.may)
    holds = [] if lacking else [Condition.RULES_SATISFIED]
    if reason.strip():
        holds.append(Condition.OVERRIDE_WITH_REASON)
    standing = place.standing(actor, conditions=tuple(holds))
    require(actor, step.may, standing, errors=lacking)
    current(journey.version, expected)
    approved = step.may is May.APPROVE_JOURNEY
    news = {
        "status": step.to,
        "status_before": step.before,
        "status_reason": reason,
        "reviewed_at": now() if approved else journey.reviewed_at,
    }
    change(journey, news)
    verb = Verb.JOURNEY_OVERRIDDEN if lacking else Verb.JOURNEY_MOVED
    await ledger.record(tx, actor, head, Fact(verb, journey))


async def _lacking(tx: Transaction, actor: Actor, journey_id: UUID, may: May) -> list[FieldError]:
    """What the sign-off rules lack, where a move depends on them."""
    if may not in (May.APPROVE_JOURNEY, May.PUBLISH_JOURNEY):
        return []
    return [lacks(dict(rule.items())) for rule in await missing(tx, actor, journey_id)]


async def lock(tx: Transaction, actor: Actor, journey_id: UUID, expected: int) -> None:
    """Close a journey to every change of what is on it."""
    head, place, journey = await subject(tx, actor, Journey, journey_id)
    require(actor, May.LOCK_JOURNEY, place.standing(actor))
    current(journey.version, expected)
    if place.locked:
        raise Conflict("The journey is locked already.", code="already_locked")
    change(journey, {"locked_at": now(), "locked_by": actor.member_id})
    await ledger.record(tx, actor, head, Fact(Verb.JOURNEY_LOCKED, journey))


async def unlock(tx: Transaction, actor: Actor, journey_id: UUID, expected: int) -> None:
    """Open a locked journey again."""
    head, place, journey = await subject(tx, actor, Journey, journey_id)
    require(actor, May.UNLOCK_JOURNEY, place.standing(actor))
    current(journey.version, expected)
    if not place.locked:
        raise Conflict("The journey is not locked.", code="not_locked")
    change(journey, {"locked_at": None, "locked_by": None})
    await ledger.record(tx, actor, head, Fact(Verb.JOURNEY_UNLOCKED, journey))
