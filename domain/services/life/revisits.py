"""Looking at a map again, and saying what was found."""

from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.life.editions import Revisit
from domain.models.maps.journeys import Journey
from domain.policy import require
from domain.results import RevisitOutcome
from domain.roles import May
from domain.services.steps.changing import change
from domain.services.steps.subjects import subject


async def revisit(
    tx: Transaction, actor: Actor, journey_id: UUID, outcome: RevisitOutcome, note: str
) -> Revisit:
    """Note that the map was looked at, whatever was found; its next review is reckoned from now."""
    head, place, journey = await subject(tx, actor, Journey, journey_id)
    require(actor, May.EDIT_JOURNEY, place.standing(actor))
    made = Revisit(
        organization_id=actor.organization_id,
        journey_id=journey_id,
        outcome=outcome.value,
        note=note,
        member_id=actor.member_id,
    )
    await tx.add(made)
    change(journey, {"reviewed_at": made.created_at})
    revisited = Fact(Verb.JOURNEY_REVISITED, made)
    await ledger.record(tx, actor, head, revisited, Fact(Verb.JOURNEY_UPDATED, journey))
    return made
