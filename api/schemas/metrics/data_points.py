"""Data points on the wire."""

from datetime import date
from fractions import Fraction
from uuid import UUID

import msgspec

from api.schemas.base import Instant, Reply, present
from api.schemas.metrics.figures import MetricFigure, told
from domain.database import Row
from domain.queries.page import Page
from domain.results import MetricKind
from domain.rules.measured import COUNTS
from domain.rules.metrics import Sums, figure


class DataPoint(Reply):
    """One data point with its figure; the components of other kinds of metric are null."""

    id: UUID
    metric_id: UUID
    recording_id: UUID
    recorded_at: Instant
    period_from: date
    period_to: date
    dimensions: dict[str, str]
    promoters: int | None
    passives: int | None
    detractors: int | None
    ones: int | None
    twos: int | None
    threes: int | None
    fours: int | None
    fives: int | None
    score_sum: int | None
    respondents: int | None
    numerator: int | None
    denominator: int | None
    number: float | None
    figure: MetricFigure


class DataPointPage(Reply):
    """Data points, newest period first."""

    items: list[DataPoint]
    next_cursor: str | None


def data_point_page(metric: Row, page: Page) -> DataPointPage:
    """A page of points, each with its figure."""
    kind, unit = MetricKind(metric["kind"]), metric["unit"]
    items = [_point(row, kind, unit) for row in page.rows]
    return DataPointPage(items=items, next_cursor=page.next_cursor)


def _point(row: Row, kind: MetricKind, unit: str) -> DataPoint:
    dimensions = msgspec.json.decode(row["dimensions"], type=dict[str, str])
    number = None if row["number"] is None else float(row["number"])
    counts = {name: row[name] for name in COUNTS if row[name] is not None}
    alone = Sums(
        1, counts, newest=Fraction(row["number"] or 0), newest_points=int(number is not None)
    )
    source = {**row, "cut": sorted(dimensions)}
    computed = told(figure(kind, unit, alone), source)
    return present(DataPoint, row, dimensions=dimensions, number=number, figure=computed)
