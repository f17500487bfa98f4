"""What the groups think of every touchpoint of a journey, in one statement."""

from collections.abc import Sequence
from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.identity.organizations import Organization
from domain.models.maps.touchpoints import Touchpoint
from domain.models.voices.ratings import Rating
from domain.queries.maps.drawn import JOURNEY, drawn, in_map_order
from domain.queries.maps.places import place
from domain.queries.readers import ORGANIZATION, reader
from domain.queries.voices.tallies import tallies

_TALLIED = tallies(Rating.organization_id == ORGANIZATION, Rating.journey_id == JOURNEY)
_RATED = hot(
    in_map_order(
        drawn(Organization.names_leaders, _TALLIED.c.tallies).outerjoin(
            _TALLIED, _TALLIED.c.touchpoint_id == Touchpoint.id
        )
    )
)


async def rated(tx: Transaction, actor: Actor, journey_id: UUID) -> Sequence[Row]:
    """The touchpoints on the map with their tallies; NotFound when the journey is not seen."""
    await place(tx, actor, journey_id)
    return await tx.rows(_RATED, journey_id=journey_id, **reader(actor))
