"""From figures told over HTTP to the values of pictures: gaps, participation, rankings, places."""

from datetime import date
from uuid import UUID

from api.pictures.values import (
    GapRow,
    GapValues,
    Head,
    HeatRow,
    HeatValues,
    MatrixPoint,
    MatrixValues,
    RankRow,
    RankValues,
)
from api.schemas.maps.map import JourneyMap, MapTouchpoint, MomentSummary
from api.schemas.outcomes.matrix import OpportunityMatrix
from api.schemas.reports.participation import Participation, ParticipationRow
from api.schemas.reports.pictures import NAMELESS, Names, head
from api.schemas.reports.rated import dots_of
from domain.words import Axis


def gap_values(told: JourneyMap, names: Names, today: date) -> GapValues:
    """Widest gap first; touchpoints with the same gap in map order, those without one last."""
    rows = [_gap(one) for one in told.touchpoints]
    rows.sort(key=lambda row: -1 if row.difference is None else row.difference, reverse=True)
    return GapValues(head(told, names, today), rows)


def _gap(touchpoint: MapTouchpoint) -> GapRow:
    ratings = touchpoint.ratings
    if ratings is None:
        return GapRow(touchpoint.name, "", None, False, [])
    gap = ratings.widest_gap
    axis = gap.axis if gap is not None else Axis.EMOTIONAL
    dots = [dot for group in ratings.groups for dot in dots_of(group, axis)]
    difference = None if gap is None else gap.difference
    flagged = gap is not None and gap.flagged
    return GapRow(touchpoint.name, axis.value, difference, flagged, dots)


def rank_values(told: JourneyMap, names: Names, today: date) -> RankValues:
    """The moments by emotional impact, those without a score last."""
    rows = [_ranked(one.name, one.moment, names) for one in told.touchpoints if one.moment]
    rows.sort(key=lambda row: (row.rank is None, row.rank or 0))
    return RankValues(head(told, names, today), "emotional impact, mean of group means", 1, 5, rows)


def _ranked(name: str, moment: MomentSummary, names: Names) -> RankRow:
    its = moment.accountable
    who = "" if its is None else names.get(its.member_id) or NAMELESS
    return RankRow(name, moment.rank, moment.tied, moment.score, moment.n, who)


def heat_values(found: Participation, told: JourneyMap, names: Names, today: date) -> HeatValues:
    """Departments by name and group; a department that is none stands last."""
    places: dict[UUID | None, int] = {stage.id: at for at, stage in enumerate(told.stages)}
    places[None] = len(told.stages)
    rows: dict[tuple[bool, str], HeatRow] = {}
    for row in found.rows:
        key = _where(row, names)
        at = rows.setdefault(key, HeatRow(key[1], [0] * len(places), [0] * len(places)))
        if row.stage_id in places:
            at.asked[places[row.stage_id]] += row.asked
            at.voices[places[row.stage_id]] += row.voices
    ordered = [rows[key] for key in sorted(rows)]
    return HeatValues(head(told, names, today), [one.name for one in told.stages], ordered)


def _where(row: ParticipationRow, names: Names) -> tuple[bool, str]:
    department = names.get(row.department_id, "") if row.department_id else ""
    return not department, f"{department or 'No department'}: {row.group.says}"


def matrix_values(found: OpportunityMatrix, told: Head) -> MatrixValues:
    """Opportunities in their places, in the order of their scores."""
    points = [
        MatrixPoint(one.title, one.y, one.x, _said(one.quadrant), one.rank, _said(one.status))
        for one in found.items
    ]
    return MatrixValues(told, found.high_from, points, [one.title for one in found.unplaced])


def _said(word: str) -> str:
    return word.replace("_", " ")
