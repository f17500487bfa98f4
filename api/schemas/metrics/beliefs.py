"""What staff believe beside what customers report, on the wire."""

from collections.abc import Sequence
from fractions import Fraction
from uuid import UUID

from api.schemas.base import Count, Reply
from api.schemas.metrics.figures import MetricFigure, newest, shown
from api.schemas.voices.aggregates import AxisRatings, GroupRatings, told
from domain.database import Row
from domain.queries.moments.customers import figure_of, of_touchpoints
from domain.queries.moments.ranking import shown_ratings
from domain.rules.beliefs import MODEL, MODEL_VERSION, Report, report
from domain.words import Axis


class CustomersReport(Reply):
    """What one metric says. `on_scale` is the same on 1 to 5, null where there is no formula.

    csat: the mean of its answers. ces: 1 + (ces - 1) x 4/6. nps: 3 + nps / 50. `gap` is how far
    staff are above it.
    """

    metric_id: UUID
    metric_name: str
    figure: MetricFigure | None
    on_scale: float | None
    gap: float | None
    explanation: str


class Belief(Reply):
    """One touchpoint. `staff` is what the groups say of its performance, null where none is shown.

    `groups` has each group; of those who are too few only n. `widest_gap` is the largest of the
    gaps, either way, null where nothing can be compared.
    """

    touchpoint_id: UUID
    touchpoint_name: str
    stage_id: UUID
    staff: AxisRatings | None
    groups: list[GroupRatings]
    customers: list[CustomersReport]
    widest_gap: float | None


class Beliefs(Reply):
    """What staff believe beside what customers report, the widest gap first."""

    journey_id: UUID
    model: str
    model_version: Count
    items: list[Belief]


Placed = tuple[Fraction, Belief]


def beliefs(rated: Sequence[Row], links: Sequence[Row], journey_id: UUID) -> Beliefs:
    """Every touchpoint on the map; those that can be compared first, the rest in map order."""
    metrics = {row["metric_id"] for row in links}
    linked = [of_touchpoints(links, metric) for metric in sorted(metrics)]
    placed = [_belief(row, [of[row["id"]] for of in linked if row["id"] in of]) for row in rated]
    placed.sort(key=lambda one: -one[0])
    return Beliefs(
        journey_id=journey_id,
        model=MODEL,
        model_version=MODEL_VERSION,
        items=[one for _, one in placed],
    )


def _belief(row: Row, links: Sequence[Row]) -> Placed:
    found = shown_ratings(row)
    staff = found.axes.get(Axis.PERFORMANCE)
    groups, axes, _ = told(found)
    reports = [(link, report(staff, figure_of(link))) for link in links]
    gaps = [one.gap for _, one in reports if one.gap is not None]
    widest = max(gaps, key=abs, default=None)
    item = Belief(
        touchpoint_id=row["id"],
        touchpoint_name=row["name"],
        stage_id=row["stage_id"],
        staff=next((axis for axis in axes if axis.axis is Axis.PERFORMANCE), None),
        groups=groups,
        customers=[_report(link, one) for link, one in reports],
        widest_gap=shown(widest),
    )
    return (Fraction(-1) if widest is None else abs(widest)), item


def _report(link: Row, one: Report) -> CustomersReport:
    return CustomersReport(
        metric_id=link["metric_id"],
        metric_name=link["metric_name"],
        figure=newest(link, of="metric_"),
        on_scale=shown(one.value),
        gap=shown(one.gap),
        explanation=one.explanation,
    )
