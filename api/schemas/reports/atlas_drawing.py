"""Drawing the atlas from what was surveyed."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Any
from uuid import UUID

from api.schemas.base import present
from api.schemas.reports.atlas import (
    Atlas,
    AtlasCell,
    AtlasCounts,
    AtlasDeadEnd,
    AtlasEvidence,
    AtlasGap,
    AtlasJourney,
    AtlasNamed,
)
from domain.database import Row
from domain.queries.reports.atlas import Surveyed
from domain.results import MappingStatus
from domain.rules.atlas import Cell, Charted, Columns, Grid, grid, mapping_status
from domain.words import EvidenceGrade, Focus

MOST_GAPS = 500


def atlas(found: Surveyed, by: Columns, least_volume: int) -> Atlas:
    """The reply."""
    journeys = [_journey(row) for row in found.journeys]
    living = [one for one in journeys if one.mapping is not MappingStatus.RETIRED]
    told, drawn = Counter(one.mapping for one in journeys), _grid(found, journeys, by)
    return Atlas(
        by=by,
        counts=AtlasCounts(**{status.value: told[status] for status in MappingStatus}),
        evidence=_summed(one.evidence for one in living),
        journeys=journeys,
        cells=[_cell(cell, by) for cell in drawn.filled],
        empty=_gaps(found, drawn, by),
        empty_count=len(drawn.empty),
        personas_without_journey=_without_journey(found.personas, living),
        departments_without_touchpoint=_without_touchpoint(found.departments),
        dead_ends=[present(AtlasDeadEnd, row) for row in found.dead_ends],
        planned=[one.id for one in living if one.mapping is MappingStatus.UNMAPPED],
        complete=found.complete and len(drawn.empty) <= MOST_GAPS,
        explanation=explanation(by, least_volume),
    )


def explanation(by: Columns, least_volume: int) -> list[str]:
    """How everything was told apart."""
    across = "its department" if by is Columns.DEPARTMENT else "its focus"
    return [
        "A journey is retired when it is archived, else unmapped without a touchpoint, else a"
        " prototype when it is a future one, else live once it is approved or published, else a"
        " draft.",
        f"It stands in the grid at each of its personas and {across}; retired ones do not.",
        "A department appears where it, or one below it, answers for a touchpoint of a journey that"
        " is not retired.",
        f"A dead end is a touchpoint with {least_volume} contacts a month or more that opens into"
        " no journey.",
        "The validated share is the touchpoints with validated evidence, of all touchpoints.",
        "Only journeys that you can see are counted.",
    ]


def _journey(row: Row) -> AtlasJourney:
    n = row["touchpoint_count"]
    mapping = mapping_status(row["status"], row["state"], n)
    graded = _evidence(*(row[grade] for grade in EvidenceGrade))
    return present(AtlasJourney, row, mapping=mapping, evidence=graded)


def _evidence(assumed: int, partial: int, validated: int) -> AtlasEvidence:
    n = assumed + partial + validated
    share = round(validated / n, 2) if n else None
    return AtlasEvidence(
        assumed=assumed, partial=partial, validated=validated, validated_share=share
    )


def _summed(each: Iterable[AtlasEvidence]) -> AtlasEvidence:
    told = [(one.assumed, one.partial, one.validated) for one in each]
    return _evidence(*(sum(column) for column in zip((0, 0, 0), *told, strict=True)))


def _grid(found: Surveyed, journeys: Sequence[AtlasJourney], by: Columns) -> Grid:
    charted = [
        Charted(
            one.id,
            one.mapping,
            one.persona_ids,
            one.department_id if by is Columns.DEPARTMENT else one.focus,
        )
        for one in journeys
    ]
    departments = [row["id"] for row in found.departments]
    columns: Sequence[Hashable] = departments if by is Columns.DEPARTMENT else list(Focus)
    return grid(charted, [row["id"] for row in found.personas], columns)


def _at(column: Any, by: Columns) -> dict[str, Any]:
    is_department = by is Columns.DEPARTMENT
    return {
        "department_id": column if is_department else None,
        "focus": None if is_department else column,
    }


def _cell(cell: Cell, by: Columns) -> AtlasCell:
    journey_ids = list(cell.journey_ids)
    return AtlasCell(persona_id=cell.persona_id, journey_ids=journey_ids, **_at(cell.column, by))


def _gaps(found: Surveyed, drawn: Grid, by: Columns) -> list[AtlasGap]:
    personas = {row["id"]: row["name"] for row in found.personas}
    departments = {row["id"]: row["name"] for row in found.departments}
    return [
        AtlasGap(
            persona_id=persona_id,
            persona_name=personas[persona_id],
            department_name=departments.get(column),
            **_at(column, by),
        )
        for persona_id, column in drawn.empty[:MOST_GAPS]
    ]


def _without_journey(personas: Sequence[Row], living: Iterable[AtlasJourney]) -> list[AtlasNamed]:
    shown = {persona_id for one in living for persona_id in one.persona_ids}
    return [present(AtlasNamed, row) for row in personas if row["id"] not in shown]


def _without_touchpoint(departments: Sequence[Row]) -> list[AtlasNamed]:
    """A department stands for those below it: it appears where one of them does."""
    shown: set[UUID] = {above for row in departments if row["answers"] for above in row["path"]}
    return [present(AtlasNamed, row) for row in departments if row["id"] not in shown]
