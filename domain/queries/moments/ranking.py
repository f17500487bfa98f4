"""Everything a ranking of one journey is computed from, in one statement."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.identity.organizations import Organization
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.models.moments.moments import Moment
from domain.models.voices.ratings import Rating
from domain.queries.maps.drawn import JOURNEY, drawn
from domain.queries.readers import ORGANIZATION, reader
from domain.queries.voices.tallies import group_tallies, tallies
from domain.rules.ranking import Candidate, Feeling, Score
from domain.rules.ratings import Aggregates, aggregate, leaders_shown_from

_TALLIED = tallies(Rating.organization_id == ORGANIZATION, Rating.journey_id == JOURNEY)
_FELT = (
    select(func.json_agg(func.json_build_array(Emotion.valence, Emotion.intensity, Emotion.label)))
    .where(
        Emotion.organization_id == Touchpoint.organization_id,
        Emotion.journey_id == JOURNEY,
        Emotion.touchpoint_id == Touchpoint.id,
        Emotion.removed_at.is_(None),
    )
    .correlate(Touchpoint)
    .scalar_subquery()
)
_RANKABLE = hot(
    drawn(
        Touchpoint.responsible_department_id,
        Moment.version.label("moment_version"),
        Moment.stakes,
        Organization.names_leaders,
        _TALLIED.c.tallies,
        _FELT.label("feelings"),
    ).outerjoin(_TALLIED, _TALLIED.c.touchpoint_id == Touchpoint.id)
)


async def rankable(tx: Transaction, actor: Actor, journey_id: UUID) -> Sequence[Row]:
    """The touchpoints of a journey with their moment, ratings and recorded emotions."""
    return await tx.rows(_RANKABLE, journey_id=journey_id, **reader(actor))


def shown_ratings(row: Row) -> Aggregates:
    """What may be shown of a touchpoint's ratings."""
    leaders_from = leaders_shown_from(row["names_leaders"])
    return aggregate(group_tallies(row["tallies"]), leaders_from=leaders_from)


def candidate(row: Row, customers: Score | None = None) -> Candidate:
    """A touchpoint as the rules rank it."""
    feelings = [Feeling(*felt) for felt in row["feelings"] or ()]
    place = (row["stage_position"], row["position"])
    return Candidate(row["id"], place, shown_ratings(row), feelings, customers)
