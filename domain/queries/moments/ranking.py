"""Everything a ranking of one journey is computed from, in one statement."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.identity.organizations import Organization
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.models.moments.moments import Moment
from domain.models.voices.ratings import Rating
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.voices.tallies import group_tallies, tallies
from domain.rules.ranking import Candidate, Feeling
from domain.rules.ratings import aggregate, leaders_shown_from
from domain.words import MomentStatus

_JOURNEY = bindparam("journey_id", type_=Uuid())
_TALLIED = tallies(Rating.organization_id == ORGANIZATION, Rating.journey_id == _JOURNEY)
_FELT = (
    select(func.json_agg(func.json_build_array(Emotion.valence, Emotion.intensity, Emotion.label)))
    .where(
        Emotion.organization_id == Touchpoint.organization_id,
        Emotion.journey_id == _JOURNEY,
        Emotion.touchpoint_id == Touchpoint.id,
        Emotion.removed_at.is_(None),
    )
    .correlate(Touchpoint)
    .scalar_subquery()
)
_RANKABLE = hot(
    select(
        Touchpoint.id,
        Touchpoint.name,
        Touchpoint.stage_id,
        Touchpoint.responsible_department_id,
        Touchpoint.position,
        Stage.position.label("stage_position"),
        Moment.id.label("moment_id"),
        Moment.status.label("moment_status"),
        Moment.version.label("moment_version"),
        Moment.stakes,
        Organization.names_leaders,
        _TALLIED.c.tallies,
        _FELT.label("feelings"),
    )
    .select_from(Touchpoint)
    .join(
        Journey,
        (Journey.organization_id == Touchpoint.organization_id)
        & (Journey.id == Touchpoint.journey_id),
    )
    .join(Organization, Organization.id == Touchpoint.organization_id)
    .join(Stage, ITS_STAGE)
    .outerjoin(
        Moment,
        (Moment.organization_id == Touchpoint.organization_id)
        & (Moment.touchpoint_id == Touchpoint.id)
        & (Moment.status != MomentStatus.RETIRED.value),
    )
    .outerjoin(_TALLIED, _TALLIED.c.touchpoint_id == Touchpoint.id)
    .where(
        journey_visible(),
        Touchpoint.organization_id == ORGANIZATION,
        Touchpoint.journey_id == _JOURNEY,
        *ON_THE_MAP,
    )
)


async def rankable(tx: Transaction, actor: Actor, journey_id: UUID) -> Sequence[Row]:
    """The touchpoints of a journey with their moment, ratings and recorded emotions."""
    return await tx.rows(_RANKABLE, journey_id=journey_id, **reader(actor))


def candidate(row: Row) -> Candidate:
    """A touchpoint as the rules rank it."""
    ratings = aggregate(
        group_tallies(row["tallies"]), leaders_from=leaders_shown_from(row["names_leaders"])
    )
    feelings = [Feeling(*felt) for felt in row["feelings"] or ()]
    return Candidate(row["id"], (row["stage_position"], row["position"]), ratings, feelings)
