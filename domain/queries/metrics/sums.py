"""Putting data points together in the database: what a figure is computed from, as columns.

Whoever records the whole and its parts, or the same answers by channel and by region, has recorded
them more than once. So points are put together only with points that name the same dimensions (a
cut), and of several cuts the one that names fewest is taken, in alphabetical order where they are
as many: the whole where it was recorded.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    Select,
    Text,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.sql.selectable import LateralFromClause as Taken

from domain.models.metrics.data_points import DataPoint
from domain.queries.readers import ORGANIZATION
from domain.rules.measured import COUNTS
from domain.rules.metrics import Sums

CUT: ColumnElement[Any] = literal_column(
    "ARRAY(SELECT json_object_keys(data_points.dimensions::json))", ARRAY(Text())
)
"""The names of a point's dimensions; they are stored in order."""
SMALLEST_FIRST = (func.cardinality(CUT), CUT)
NEWEST_FIRST = (DataPoint.period_to.desc(), DataPoint.period_from.desc())

_P: Any = DataPoint
_DIMENSIONS = cast(_P.dimensions, JSON)
_SAYS_OF_HOW_MANY = _P.respondents.is_not(None)


def sums(newest: ColumnElement[bool] | None = None) -> list[ColumnElement[Any]]:
    """What `put_together` reads; `newest` says which points are of the newest period: else all."""
    number = _P.number.is_not(None)
    is_newest = number if newest is None else number & newest
    return [
        func.count().label("points"),
        *(func.sum(getattr(_P, name)).label(name) for name in COUNTS),
        func.count().filter(number & _SAYS_OF_HOW_MANY).label("weighed"),
        func.sum(_P.number * _P.respondents).label("weighted"),
        func.sum(_P.number).filter(is_newest).label("newest"),
        func.count().filter(is_newest).label("newest_points"),
    ]


NAMES = ("points", *COUNTS, "weighed", "weighted", "newest", "newest_points")


def put_together(row: Mapping[str, Any] | Any, prefix: str = "") -> Sums:
    """The sums that were selected, whatever their labels begin with."""
    read = {name: row[f"{prefix}{name}"] for name in NAMES}
    return Sums(
        points=int(read["points"] or 0),
        counts={name: int(read[name]) for name in COUNTS if read[name] is not None},
        weighed=int(read["weighed"] or 0),
        weighted=Fraction(read["weighted"] or 0),
        newest=Fraction(read["newest"] or 0),
        newest_points=int(read["newest_points"] or 0),
    )


def has(dimension: Any, value: Any) -> ColumnElement[bool]:
    """Whether a point is of this value of a dimension."""
    told: ColumnElement[bool] = part_of(dimension) == value
    return told


def part_of(dimension: Any) -> ColumnElement[Any]:
    """The value that a point has of a dimension; null where it names none."""
    return func.json_extract_path_text(_DIMENSIONS, dimension)


def _period(metric_id: Any, name: str, *which: ColumnElement[bool]) -> Taken:
    return (
        select(_P.period_from, _P.period_to)
        .where(_P.organization_id == ORGANIZATION, _P.metric_id == metric_id, *which)
        .order_by(*NEWEST_FIRST)
        .limit(1)
        .lateral(name)
    )


def _of_period(metric_id: Any, period: Taken, name: str, *which: ColumnElement[bool]) -> Taken:
    return (
        select(*sums(), CUT.label("cut"))
        .where(
            _P.organization_id == ORGANIZATION,
            _P.metric_id == metric_id,
            _P.period_from == period.c.period_from,
            _P.period_to == period.c.period_to,
            *which,
        )
        .group_by(CUT)
        .order_by(*SMALLEST_FIRST)
        .limit(1)
        .lateral(name)
    )


def with_newest(
    statement: Select[Any], metric_id: Any, *which: ColumnElement[bool], previous: bool = False
) -> Select[Any]:
    """The statement with the newest period's sums, as `newest_...`; nulls where there is nothing.

    With `previous` also those of the newest period that had ended before that one began.
    """
    period = _period(metric_id, "newest_period", *which)
    found = _of_period(metric_id, period, "newest_sums", *which)
    statement = _joined(statement, "newest_", period, found)
    if not previous:
        return statement
    earlier = _P.period_to < period.c.period_from
    before = _period(metric_id, "previous_period", earlier, *which)
    of_before = _of_period(metric_id, before, "previous_sums", *which)
    return _joined(statement, "previous_", before, of_before)


def _joined(statement: Select[Any], prefix: str, period: Taken, found: Taken) -> Select[Any]:
    told = [period.c.period_from, period.c.period_to, *(found.c[name] for name in (*NAMES, "cut"))]
    always: ColumnElement[bool] = literal_column("true")
    return (
        statement.add_columns(*(column.label(f"{prefix}{column.name}") for column in told))
        .outerjoin(period, always)
        .outerjoin(found, always)
    )
