"""What a row of the list of journeys counts, and the moment that stands out in each."""

from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ScalarSelect, Subquery, and_, exists, func, or_, select

from domain.database import Row
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.models.voices.ratings import Rating
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.readers import ORGANIZATION, journey_visible
from domain.queries.voices.tallies import group_tallies, tallies
from domain.queries.voices.visibility import STATUS, annotation_visible
from domain.rules.ranking import Candidate, Ranked, rank
from domain.rules.ratings import aggregate, leaders_shown_from
from domain.words import AnnotationStatus, MomentStatus, RankingModel

STAGES = (
    select(func.count())
    .where(
        Stage.organization_id == Journey.organization_id,
        Stage.journey_id == Journey.id,
        Stage.removed_at.is_(None),
    )
    .correlate(Journey)
    .scalar_subquery()
)
TOUCHPOINTS = (
    select(func.count())
    .select_from(Touchpoint)
    .join(Stage, ITS_STAGE)
    .where(
        Touchpoint.organization_id == Journey.organization_id,
        Touchpoint.journey_id == Journey.id,
        *ON_THE_MAP,
    )
    .correlate(Journey)
    .scalar_subquery()
)
# Its inner journeys are others than the one around it.
CHILDREN = (
    select(func.count(Touchpoint.child_journey_id.distinct()))
    .select_from(Touchpoint)
    .join(Stage, ITS_STAGE)
    .where(
        Touchpoint.organization_id == Journey.organization_id,
        Touchpoint.journey_id == Journey.id,
        *ON_THE_MAP,
        Touchpoint.child_journey_id.in_(
            select(Journey.id).where(journey_visible()).correlate(None)
        ),
    )
    .correlate(Journey)
    .scalar_subquery()
)
"""How many journeys open from its map that the reader sees."""
_GONE = or_(
    exists(
        select(Subject.id).where(
            Subject.organization_id == Annotation.organization_id,
            Subject.id == Annotation.subject_id,
            Subject.removed_at.is_not(None),
        )
    ),
    exists(
        select(Touchpoint.id)
        .join(Stage, ITS_STAGE)
        .where(
            Touchpoint.organization_id == Annotation.organization_id,
            Touchpoint.id == Annotation.touchpoint_id,
            ~and_(*ON_THE_MAP),
        )
    ),
)
"""Whether what an annotation is about is off the map; the thread lives on, but is not counted."""

OPEN_THREADS = (
    select(func.count())
    .where(
        Annotation.organization_id == Journey.organization_id,
        Annotation.journey_id == Journey.id,
        STATUS == AnnotationStatus.OPEN.value,
        annotation_visible(),
        ~_GONE,
    )
    .correlate(Journey)
    .scalar_subquery()
)


_LIVE = Moment.status != MomentStatus.RETIRED.value


def _tallied(page: CTE) -> Subquery:
    shown = select(page.c.id)
    decisive = select(Moment.touchpoint_id).where(
        Moment.organization_id == ORGANIZATION, Moment.journey_id.in_(shown), _LIVE
    )
    return tallies(
        Rating.organization_id == ORGANIZATION,
        Rating.journey_id.in_(shown),
        Rating.touchpoint_id.in_(decisive),
    )


def moments_of(page: CTE) -> ScalarSelect[Any]:
    """The moments of each journey of a page as JSON, with what their rank is computed from."""
    tallied = _tallied(page)
    told = {
        "id": Moment.id,
        "touchpoint_id": Moment.touchpoint_id,
        "touchpoint_name": Touchpoint.name,
        "place": func.json_build_array(Stage.position, Touchpoint.position),
        "tallies": tallied.c.tallies,
    }
    return (
        select(func.json_agg(func.json_build_object(*chain(*told.items()))))
        .select_from(Moment)
        .join(
            Touchpoint,
            (Touchpoint.organization_id == Moment.organization_id)
            & (Touchpoint.id == Moment.touchpoint_id),
        )
        .join(Stage, ITS_STAGE)
        .outerjoin(tallied, tallied.c.touchpoint_id == Moment.touchpoint_id)
        .where(Moment.organization_id == Journey.organization_id, Moment.journey_id == Journey.id)
        .where(_LIVE, *ON_THE_MAP)
        .correlate(Journey)
        .scalar_subquery()
    )


@dataclass(frozen=True, slots=True)
class WorstMoment:
    """The moment that ranks first by emotional impact."""

    id: UUID
    touchpoint_id: UUID
    touchpoint_name: str
    ranked: Ranked


def moments_in(row: Row) -> list[dict[str, Any]]:
    """The moments that a row of the list tells of."""
    found: list[dict[str, Any]] = row["moments"] or []
    return found


def worst_moment(row: Row) -> WorstMoment | None:
    """The moment with the greatest emotional impact; None while none can be scored."""
    told = {UUID(moment["id"]): moment for moment in moments_in(row)}
    leaders = leaders_shown_from(row["names_leaders"])
    ranking = rank(
        RankingModel.EMOTIONAL_IMPACT,
        [
            Candidate(
                moment_id,
                tuple(moment["place"]),
                aggregate(group_tallies(moment["tallies"]), leaders_from=leaders),
            )
            for moment_id, moment in told.items()
        ],
    )
    if not ranking or ranking[0].rank is None:
        return None
    first = told[ranking[0].id]
    return WorstMoment(
        ranking[0].id, UUID(first["touchpoint_id"]), first["touchpoint_name"], ranking[0]
    )
