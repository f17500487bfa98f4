"""The scorecard on the wire."""

from fractions import Fraction
from uuid import UUID

from api.schemas.base import Count, Reply, present
from api.schemas.metrics.figures import MetricFigure, computed, newest, shown
from domain.database import Row
from domain.queries.page import Page
from domain.results import Better, MetricKind
from domain.rules.direction import Direction, direction, reached
from domain.rules.metrics import places


class ScorecardLine(Reply):
    """One metric. `previous` is of the newest period that had ended before the newest one began.

    `change` is newest less previous, and `direction` says whether that is the way it should move.
    `links` counts what it says something of, `journey_ids` names the journeys among them.
    """

    metric_id: UUID
    name: str
    kind: MetricKind
    unit: str
    better: Better
    owner_id: UUID
    journey_id: UUID | None
    newest: MetricFigure | None
    previous: MetricFigure | None
    change: float | None
    direction: Direction | None
    target: float | None
    target_reached: bool | None
    links: Count
    journey_ids: list[UUID]


class Scorecard(Reply):
    """Every metric that is measured, newest first."""

    items: list[ScorecardLine]
    next_cursor: str | None


def scorecard(page: Page) -> Scorecard:
    """A page of the scorecard."""
    return Scorecard(items=[_line(row) for row in page.rows], next_cursor=page.next_cursor)


def _line(row: Row) -> ScorecardLine:
    value, before = _value(row, "newest_"), _value(row, "previous_")
    change = None if value is None or before is None else value - before
    target = None if row["target"] is None else Fraction(row["target"])
    better = Better(row["better"])
    return present(
        ScorecardLine,
        row,
        metric_id=row["id"],
        newest=newest(row),
        previous=newest(row, "previous_"),
        change=shown(change, places(MetricKind(row["kind"]))),
        direction=None if change is None else direction(better, change),
        target=None if target is None else float(target),
        target_reached=None if value is None or target is None else reached(better, value, target),
    )


def _value(row: Row, prefix: str) -> Fraction | None:
    one = computed(row, prefix)
    return one.value if one else None
