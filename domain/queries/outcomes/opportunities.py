"""Opportunities as a member sees them: with votes, sources, actions and what they may do.

An opportunity belongs to its journey: it stays when its touchpoint is taken off the map.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, Text, Uuid, bindparam, func, literal_column, select, true

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.maps.journeys import Journey
from domain.models.maps.touchpoints import Touchpoint
from domain.models.outcomes.actions import Action
from domain.models.outcomes.opportunities import Opportunity
from domain.policy import allowed
from domain.queries.maps.places import ROLES, place_from
from domain.queries.outcomes.ballots import tally
from domain.queries.outcomes.drafts import opportunity_visible
from domain.queries.outcomes.origins import sources_of
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.results import OpportunityStatus, Quadrant
from domain.roles import May, Relation
from domain.rules.opportunities import HIGH, VOTED_ON

_ACTIONS = (
    select(func.count())
    .select_from(Action)
    .where(
        Action.organization_id == ORGANIZATION,
        Action.opportunity_id == Opportunity.id,
        Action.removed_at.is_(None),
    )
    .correlate(Opportunity)
    .scalar_subquery()
)
ITS_JOURNEY = (Journey.organization_id == Opportunity.organization_id) & (
    Journey.id == Opportunity.journey_id
)
ITS_TOUCHPOINT = (Touchpoint.organization_id == Opportunity.organization_id) & (
    Touchpoint.id == Opportunity.touchpoint_id
)


def visible_opportunities(*more: Any) -> Select[Any]:
    """The one way to select opportunities: those that the reader may see."""
    votes, sources = tally(Opportunity), sources_of(Opportunity.id)
    return (
        select(
            *Opportunity.__table__.c,
            Touchpoint.name.label("touchpoint_name"),
            Touchpoint.stage_id,
            Journey.title.label("journey_title"),
            Journey.owner_id,
            Journey.status.label("journey_status"),
            Journey.locked_at,
            ROLES.label("roles"),
            *votes.c,
            *sources.c,
            _ACTIONS.label("actions"),
            *more,
        )
        .select_from(Opportunity)
        .join(Journey, ITS_JOURNEY)
        .outerjoin(Touchpoint, ITS_TOUCHPOINT)
        .join(votes, true())
        .join(sources, true())
        .where(
            Opportunity.organization_id == ORGANIZATION,
            Opportunity.removed_at.is_(None),
            journey_visible(),
            opportunity_visible(),
        )
    )


_TWICE_THE_VALUE = Opportunity.customer_value + Opportunity.business_value
_IN_QUADRANT = func.array_position(
    bindparam("quadrant", type_=ARRAY(Text())),
    func.concat(_TWICE_THE_VALUE >= 2 * HIGH, Opportunity.effort >= HIGH),
)
FILTERS: Mapping[str, Any] = {
    "journey": Opportunity.journey_id == bindparam("journey", type_=Uuid()),
    "touchpoint": Opportunity.touchpoint_id == bindparam("touchpoint", type_=Uuid()),
    "stage": Touchpoint.stage_id == bindparam("stage", type_=Uuid()),
    "author": Opportunity.author_id == bindparam("author", type_=Uuid()),
    "status": Opportunity.status == bindparam("status", type_=ARRAY(Text())).any_(),
    "benefit": bindparam("benefit", type_=Text()) == Opportunity.benefits.any_(),
    "quadrant": _IN_QUADRANT.is_not(None),
}
# What `concat` makes of the two comparisons: nothing where a figure is missing.
QUADRANTS: Mapping[Quadrant, str] = {
    Quadrant.QUICK_WIN: "tf",
    Quadrant.BIG_BET: "tt",
    Quadrant.MAYBE: "ff",
    Quadrant.TIME_SINK: "ft",
}


def narrowed(statement: Select[Any], filters: frozenset[str]) -> Select[Any]:
    """Only what the filters let through; without a status, what was merged is left out."""
    narrow = statement.where(*(FILTERS[name] for name in sorted(filters)))
    if "status" in filters:
        return narrow
    return narrow.where(Opportunity.status != literal_column(f"'{OpportunityStatus.MERGED}'"))


@cache
def _one() -> Hot:
    return hot(visible_opportunities().where(Opportunity.id == bindparam("id", type_=Uuid())))


async def opportunity(tx: Transaction, actor: Actor, opportunity_id: UUID) -> Row:
    """One opportunity of a journey the actor may see; else NotFound."""
    row = await tx.row(_one(), id=opportunity_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


@cache
def _merged() -> Hot:
    return hot(
        select(Opportunity.id).where(
            Opportunity.organization_id == ORGANIZATION,
            Opportunity.merged_into_id == bindparam("id", type_=Uuid()),
        )
    )


async def merged_into(tx: Transaction, actor: Actor, opportunity_id: UUID) -> list[UUID]:
    """The opportunities that are part of this one."""
    given = {"organization_id": actor.organization_id, "id": opportunity_id}
    return [row["id"] for row in await tx.rows(_merged(), **given)]


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with an opportunity in the state it is in."""
    place = place_from({**row, "id": row["journey_id"], "status": row["journey_status"]}, actor)
    ties = (Relation.AUTHOR,) if row["author_id"] == actor.member_id else ()
    if row["status"] == OpportunityStatus.MERGED:
        return []
    mays = (May.EDIT_OPPORTUNITY, *((May.VOTE,) if row["status"] in VOTED_ON else ()))
    return allowed(actor, mays, place.standing(actor, *ties))
