"""Finding an opportunity in order to change it."""

from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import Conflict, NotFound
from domain.ledger import Locked
from domain.models.outcomes.opportunities import Opportunity
from domain.policy import require
from domain.queries.maps.places import Place, place_of
from domain.results import OpportunityStatus
from domain.roles import May, Relation
from domain.services.steps.naming import named
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import subject


async def opportunity_to(
    tx: Transaction, actor: Actor, opportunity_id: UUID, may: May = May.EDIT_OPPORTUNITY
) -> tuple[Locked, Opportunity]:
    """Hold an opportunity's journey, find it, and see that the actor may; not once merged."""
    head, place, found = await subject(tx, actor, Opportunity, opportunity_id)
    check_right(actor, place, found, may)
    still_its_own(found)
    return head, found


async def named_opportunity(
    tx: Transaction,
    actor: Actor,
    opportunity_id: UUID | None,
    journey_id: UUID,
    field: str = "opportunity_id",
) -> Opportunity | None:
    """The opportunity of this journey that a body names; Invalid also for a draft not seen."""
    found = await named(tx, actor, Opportunity, opportunity_id, journey_id, field)
    if found is not None and found.status == OpportunityStatus.DRAFT:
        try:
            await place_of(tx, actor, found.id)
        except NotFound:
            detail = "There is no such opportunity in this journey."
            raise impossible(detail, "unknown_opportunity", field) from None
    return found


def check_right(actor: Actor, place: Place, found: Opportunity, may: May) -> None:
    """Refuse unless the actor may do this with the opportunity."""
    ties = (Relation.AUTHOR,) if found.author_id == actor.member_id else ()
    require(actor, may, place.standing(actor, *ties))


def still_its_own(found: Opportunity) -> None:
    """Conflict when it is part of another one."""
    if found.status == OpportunityStatus.MERGED:
        detail = f"This opportunity is part of another one by now: see {found.merged_into_id}."
        raise Conflict(detail, code="opportunity_merged")
