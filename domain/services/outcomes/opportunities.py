"""Opportunities: see one, say it better, decide on it, take it away."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import Invalid
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.maps.touchpoints import Touchpoint
from domain.models.outcomes.opportunities import Opportunity
from domain.policy import require
from domain.results import OpportunityStatus
from domain.roles import May
from domain.rules.moving import check_move, check_note
from domain.rules.opportunities import EXPLAINED, MOVES
from domain.services.steps.changing import change
from domain.services.steps.naming import named
from domain.services.steps.opportunities import check_right, opportunity_to, still_its_own
from domain.services.steps.places import current, enter
from domain.services.steps.sourcing import link_sources
from domain.services.steps.subjects import subject


async def create(
    tx: Transaction,
    actor: Actor,
    journey_id: UUID,
    fields: Mapping[str, Any],
    sources: Mapping[UUID, str],
) -> Opportunity:
    """See something to gain, and say what it follows from."""
    head, place = await enter(tx, actor, journey_id)
    require(actor, May.CREATE_OPPORTUNITY, place.standing(actor))
    await named(tx, actor, Touchpoint, fields.get("touchpoint_id"), journey_id)
    made = Opportunity(
        organization_id=actor.organization_id,
        journey_id=journey_id,
        author_id=actor.member_id,
        author_group=actor.group.value,
        **{**fields, "benefits": _each_once(fields)},
    )
    await tx.add(made)
    head = await ledger.record(tx, actor, head, Fact(Verb.OPPORTUNITY_CREATED, made))
    await link_sources(tx, actor, head, journey_id, made.id, sources)
    return made


async def update(
    tx: Transaction, actor: Actor, opportunity_id: UUID, changes: Mapping[str, Any], expected: int
) -> None:
    """Say it better, or estimate it anew."""
    head, found = await opportunity_to(tx, actor, opportunity_id)
    current(found.version, expected)
    if changes.get("touchpoint_id") != found.touchpoint_id:
        await named(tx, actor, Touchpoint, changes.get("touchpoint_id"), found.journey_id)
    if "benefits" in changes:
        changes = {**changes, "benefits": _each_once(changes)}
    if change(found, changes):
        await ledger.record(tx, actor, head, Fact(Verb.OPPORTUNITY_UPDATED, found))


def _each_once(fields: Mapping[str, Any]) -> list[str]:
    return [one.value for one in dict.fromkeys(fields.get("benefits", ()))]


async def move(
    tx: Transaction,
    actor: Actor,
    opportunity_id: UUID,
    to: OpportunityStatus,
    note: str,
    expected: int,
) -> None:
    """Decide on an opportunity, or take the decision back."""
    head, found = await opportunity_to(tx, actor, opportunity_id)
    current(found.version, expected)
    check_move(MOVES, "An opportunity", OpportunityStatus(found.status), to)
    fault = check_note(EXPLAINED, to, note)
    if fault is not None:
        raise Invalid(fault.detail, code=fault.code, errors=[fault])
    change(found, {"status": to.value, "status_note": note, "moved_by": actor.member_id})
    await ledger.record(tx, actor, head, Fact(Verb.OPPORTUNITY_MOVED, found))


async def remove(tx: Transaction, actor: Actor, opportunity_id: UUID, expected: int) -> None:
    """Take an opportunity away; its votes and threads come back with it."""
    head, found = await opportunity_to(tx, actor, opportunity_id)
    current(found.version, expected)
    change(found, {"removed_at": now()})
    await ledger.record(tx, actor, head, Fact(Verb.OPPORTUNITY_REMOVED, found))


async def restore(tx: Transaction, actor: Actor, opportunity_id: UUID) -> None:
    """Bring a removed opportunity back; NotFound when it is not among the removed."""
    head, place, found = await subject(tx, actor, Opportunity, opportunity_id, removed=True)
    check_right(actor, place, found, May.EDIT_OPPORTUNITY)
    still_its_own(found)
    change(found, {"removed_at": None})
    await ledger.record(tx, actor, head, Fact(Verb.OPPORTUNITY_RESTORED, found))
