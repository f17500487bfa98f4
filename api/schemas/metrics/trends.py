"""Trends of metrics on the wire."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from api.schemas.base import Count, Reply
from api.schemas.metrics.figures import MetricFigure, shown, told
from domain.database import Row
from domain.queries.metrics.sums import put_together
from domain.queries.metrics.trends import MOST_ROWS, Asked, Found
from domain.results import Better, MetricKind
from domain.rules.direction import Direction
from domain.rules.metrics import figure
from domain.rules.trends import Bucket, Step, last_day, smallest, steps

MOST_BUCKETS: Final = 120


class TrendStep(Reply):
    """One stretch of time, from its first day to its last.

    `change` is the difference to the figure before it, null for the first; `direction` says whether
    that is the way the metric should move. `target_reached` is null without a target.
    """

    begins_on: date
    ends_on: date
    figure: MetricFigure
    change: float | None
    direction: Direction | None
    target_reached: bool | None


class TrendSeries(Reply):
    """How one part moved, oldest first; `part` is a value of `group_by`, null for all together."""

    part: str | None
    steps: list[TrendStep]


class MetricTrend(Reply):
    """How the figure of a metric moved.

    `left_out` counts data points of periods that are longer than a bucket: they are in none.
    """

    metric_id: UUID
    bucket: Bucket
    group_by: str | None
    better: Better
    target: float | None
    left_out: Count
    series: list[TrendSeries]


def metric_trend(found: Found, asked: Asked) -> MetricTrend:
    """The steps of each part."""
    metric = found.metric
    target = metric["target"]
    parts: dict[str | None, list[Row]] = {}
    for row in chosen(found.rows):
        parts.setdefault(row["part"], []).append(row)
    return MetricTrend(
        metric_id=metric["id"],
        bucket=asked.bucket,
        group_by=asked.group_by,
        better=Better(metric["better"]),
        target=None if target is None else float(target),
        left_out=found.left_out,
        series=[
            TrendSeries(part=part, steps=_steps(metric, asked.bucket, rows[::-1]))
            for part, rows in sorted(parts.items(), key=lambda one: one[0] or "")
        ],
    )


def chosen(rows: Sequence[Row]) -> Iterator[Row]:
    """Of each bucket the rows of its smallest cut, newest bucket first, as many as are told."""
    whole = list(rows)
    buckets = [list(of) for _, of in groupby(whole, key=_bucket)]
    if len(whole) == MOST_ROWS:
        buckets.pop()  # the rest of it was not read
    for bucket in buckets[:MOST_BUCKETS]:
        cut = smallest(row["cut"] for row in bucket)
        yield from (row for row in bucket if tuple(row["cut"]) == cut)


def _bucket(row: Row) -> tuple[date, date | None]:
    return row["begins"], row["ends"]


def _steps(metric: Row, bucket: Bucket, rows: Sequence[Row]) -> list[TrendStep]:
    kind, unit = MetricKind(metric["kind"]), metric["unit"]
    figures = [(*_days(bucket, row), figure(kind, unit, put_together(row))) for row in rows]
    target = None if metric["target"] is None else Fraction(metric["target"])
    compared = steps(figures, Better(metric["better"]), target)
    return [_step(one, row) for one, row in zip(compared, rows, strict=True)]


def _days(bucket: Bucket, row: Row) -> tuple[date, date]:
    begins: date = row["begins"]
    return begins, row["ends"] or last_day(bucket, begins)


def _step(one: Step, row: Row) -> TrendStep:
    of: Mapping[str, Any] = {
        "cut": row["cut"],
        "period_from": row["first_day"],
        "period_to": row["last_day"],
    }
    return TrendStep(
        begins_on=one.begins,
        ends_on=one.ends,
        figure=told(one.figure, of),
        change=shown(one.change, one.figure.places),
        direction=one.direction,
        target_reached=one.target_reached,
    )
