"""Who is accountable for a journey: hand it over."""

from uuid import UUID

from domain import ledger
from domain.actor import Actor, Standing
from domain.database import Transaction
from domain.errors import Conflict, FieldError, NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.maps.journeys import Grant, Journey
from domain.policy import permits, require
from domain.queries.maps.grants import holds
from domain.queries.maps.orphans import orphan
from domain.queries.maps.places import place
from domain.roles import May
from domain.services.steps.changing import change
from domain.services.steps.places import current
from domain.services.steps.references import check_references
from domain.services.steps.subjects import entity
from domain.words import GrantRole


async def transfer(
    tx: Transaction, actor: Actor, journey_id: UUID, member_id: UUID, expected: int
) -> Journey:
    """Make another member the owner; the owner until now stays on as an editor."""
    # Held first, as everywhere: whoever is to own the journey cannot be erased meanwhile.
    await ledger.lock_organization(tx, actor)
    head = await ledger.lock(tx, actor, journey_id)
    require(actor, May.TRANSFER_JOURNEY, await _standing(tx, actor, journey_id))
    journey = await entity(tx, actor, Journey, journey_id)
    current(journey.version, expected)
    await check_references(tx, actor, {"member_id": member_id})
    if member_id == journey.owner_id:
        detail = "They own the journey already: name another member."
        fault = FieldError(detail, "already_owner", "#/member_id")
        raise Conflict(detail, code="already_owner", errors=[fault])
    facts = await _editor(tx, actor, journey)
    change(journey, {"owner_id": member_id})
    await ledger.record(tx, actor, head, Fact(Verb.JOURNEY_TRANSFERRED, journey), *facts)
    return journey


async def _standing(tx: Transaction, actor: Actor, journey_id: UUID) -> Standing:
    """Towards a journey that is seen, or that is orphaned where the actor may know of those."""
    try:
        return (await place(tx, actor, journey_id)).standing(actor)
    except NotFound:
        standing = actor.standing()
        known = permits(actor, May.LIST_ORPHANED_JOURNEYS, standing)
        if not known or await orphan(tx, actor, journey_id) is None:
            raise
        return standing


async def _editor(tx: Transaction, actor: Actor, journey: Journey) -> list[Fact]:
    role = GrantRole.EDITOR
    if await holds(tx, actor, journey.id, journey.owner_id, role):
        return []
    kept = Grant(
        organization_id=actor.organization_id,
        journey_id=journey.id,
        role=role,
        member_id=journey.owner_id,
        created_by=actor.member_id,
    )
    await tx.add(kept)
    return [Fact(Verb.ACCESS_GRANTED, kept)]
