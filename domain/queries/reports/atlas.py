"""What the atlas is drawn from: journeys, personas, departments and touchpoints, as one sees them.

Everything is bounded: whoever has more than this is told that it is not all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    Select,
    Subquery,
    bindparam,
    exists,
    func,
    literal_column,
    select,
)

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.identity.departments import Department
from domain.models.maps.journeys import Journey
from domain.models.maps.personas import Persona
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.queries.maps.journeys import PERSONA_IDS
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.words import EvidenceGrade, JourneyStatus

JOURNEYS, PERSONAS, DEPARTMENTS, DEAD_ENDS = 500, 200, 300, 20
"""How many of each are told, in the order of their names; of dead ends the largest."""

_ARCHIVED: Any = literal_column(f"'{JourneyStatus.ARCHIVED}'")
_NONE: Any = literal_column("0")
_ITS_JOURNEY = (Journey.organization_id == Touchpoint.organization_id) & (
    Journey.id == Touchpoint.journey_id
)


def _limit(most: int) -> Any:
    """One more than is told, to know whether there are more."""
    return literal_column(str(most + 1))


def _graded(chosen: CTE) -> Subquery:
    """How many touchpoints of each journey rest on which evidence."""

    def graded(grade: EvidenceGrade) -> Any:
        its = Touchpoint.evidence_grade == literal_column(f"'{grade}'")
        return func.count().filter(its).label(grade.value)

    return (
        select(Touchpoint.journey_id, func.count().label("n"), *map(graded, EvidenceGrade))
        .join(Stage, ITS_STAGE)
        .where(
            Touchpoint.organization_id == ORGANIZATION,
            Touchpoint.journey_id.in_(select(chosen.c.id)),
            *ON_THE_MAP,
        )
        .group_by(Touchpoint.journey_id)
        .subquery("graded")
    )


def _journeys() -> Select[Any]:
    chosen = (
        select(Journey.id)
        .where(journey_visible())
        .order_by(Journey.title, Journey.id)
        .limit(_limit(JOURNEYS))
        .cte("chosen")
    )
    graded = _graded(chosen)
    counts = (func.coalesce(graded.c[grade], _NONE).label(grade.value) for grade in EvidenceGrade)
    return (
        select(
            Journey.id,
            Journey.title,
            Journey.state,
            Journey.status,
            Journey.focus,
            Journey.owner_id,
            Journey.department_id,
            PERSONA_IDS.label("persona_ids"),
            func.coalesce(graded.c.n, _NONE).label("touchpoint_count"),
            *counts,
        )
        .select_from(chosen)
        .join(Journey, (Journey.organization_id == ORGANIZATION) & (Journey.id == chosen.c.id))
        .outerjoin(graded, graded.c.journey_id == Journey.id)
        .order_by(Journey.title, Journey.id)
    )


def _standing(*columns: Any) -> Select[Any]:
    """Touchpoints on maps that the reader sees and nobody put away."""
    return (
        select(*columns)
        .select_from(Touchpoint)
        .join(Stage, ITS_STAGE)
        .join(Journey, _ITS_JOURNEY)
        .where(
            Touchpoint.organization_id == ORGANIZATION,
            journey_visible(),
            Journey.status != _ARCHIVED,
            *ON_THE_MAP,
        )
    )


_JOURNEYS = hot(_journeys())
_PERSONAS = hot(
    select(Persona.id, Persona.name)
    .where(Persona.organization_id == ORGANIZATION, Persona.removed_at.is_(None))
    .order_by(Persona.name, Persona.id)
    .limit(_limit(PERSONAS))
)
_DEPARTMENTS = hot(
    select(
        Department.id,
        Department.name,
        Department.path,
        exists(
            _standing(Touchpoint.id)
            .where(Touchpoint.responsible_department_id == Department.id)
            .correlate(Department)
        ).label("answers"),
    )
    .where(Department.organization_id == ORGANIZATION, Department.removed_at.is_(None))
    .order_by(Department.name, Department.id)
    .limit(_limit(DEPARTMENTS))
)
_DEAD_ENDS = hot(
    _standing(
        Touchpoint.id.label("touchpoint_id"),
        Touchpoint.name.label("touchpoint_name"),
        Touchpoint.monthly_volume,
        Journey.id.label("journey_id"),
        Journey.title.label("journey_title"),
    )
    .where(
        Touchpoint.child_journey_id.is_(None),
        Touchpoint.monthly_volume >= bindparam("least", type_=BigInteger()),
    )
    .order_by(Touchpoint.monthly_volume.desc(), Touchpoint.id)
    .limit(_limit(DEAD_ENDS))
)


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The rows of the atlas, none beyond its bounds; `complete` tells whether they are all."""

    journeys: Sequence[Row]
    personas: Sequence[Row]
    departments: Sequence[Row]
    dead_ends: Sequence[Row]
    complete: bool


async def survey(tx: Transaction, actor: Actor, least_volume: int) -> Surveyed:
    """Everything there is to be seen; `least_volume` in contacts a month makes a dead end."""
    journeys = await tx.rows(_JOURNEYS, **reader(actor))
    personas = await tx.rows(_PERSONAS, organization_id=actor.organization_id)
    departments = await tx.rows(_DEPARTMENTS, **reader(actor))
    dead_ends = await tx.rows(_DEAD_ENDS, least=least_volume, **reader(actor))
    return Surveyed(
        journeys[:JOURNEYS],
        personas[:PERSONAS],
        departments[:DEPARTMENTS],
        dead_ends[:DEAD_ENDS],
        complete=len(journeys) <= JOURNEYS
        and len(personas) <= PERSONAS
        and len(departments) <= DEPARTMENTS
        and len(dead_ends) <= DEAD_ENDS,
    )
