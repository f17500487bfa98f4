"""The overlay on the wire: what of a map depends on who reads it."""

from uuid import UUID

from msgspec import Struct
from msgspec.json import Decoder

from api.schemas.base import Count, Reply, Revision
from api.schemas.voices.ratings import Rating
from domain.actor import Actor
from domain.database import Row
from domain.queries.maps.journeys import may_with
from domain.queries.maps.overlay import may_at_touchpoints
from domain.words import MomentStatus


class TouchpointOverlay(Reply):
    """What you have at a touchpoint: your rating, and open threads that not everybody sees.

    `may` names what you may do there now.
    """

    touchpoint_id: UUID
    restricted_open_threads: Count
    my_rating: Rating | None
    may: list[str]


class JourneyOverlay(Reply):
    """What lies over a map for you; touchpoints in the order of the map."""

    journey_id: UUID
    revision: Revision
    may: list[str]
    touchpoints: list[TouchpointOverlay]


class Seen(Struct):
    """A touchpoint as PostgreSQL tells it."""

    id: UUID
    restricted_open_threads: int
    my_rating: Rating | None
    moment_status: MomentStatus | None
    my_accountable: bool


_SEEN = Decoder(list[Seen])


def journey_overlay(row: Row, actor: Actor) -> JourneyOverlay:
    """The reply, from a row of domain.queries.maps.overlay."""
    may = may_at_touchpoints(row, actor)
    touchpoints = [
        TouchpointOverlay(
            touchpoint_id=seen.id,
            restricted_open_threads=seen.restricted_open_threads,
            my_rating=seen.my_rating,
            may=may[seen.moment_status, seen.my_accountable],
        )
        for seen in _SEEN.decode(row["touchpoints"])
    ]
    return JourneyOverlay(
        journey_id=row["id"],
        revision=row["revision"],
        may=may_with(row, actor),
        touchpoints=touchpoints,
    )
