"""What a ranking by customers tells besides, on the wire."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from api.schemas.base import Count, Reply, present
from api.schemas.metrics.figures import shown
from domain.database import Row
from domain.queries.moments.customers import Customers
from domain.results import Better, MetricKind
from domain.rules.customers import along
from domain.rules.metrics import RANGES as OF_METRICS
from domain.rules.metrics import places
from domain.rules.ranking import RANGES
from domain.words import RankingModel


class RankedMetric(Reply):
    """The metric that touchpoints are ranked by."""

    id: UUID
    name: str
    kind: MetricKind
    unit: str
    better: Better


class AlongTheJourney(Reply):
    """A metric along the journey, as measured, over the touchpoints that have a figure.

    `peak` is the worst figure and `end` that of the last touchpoint; `peak_end` is the mean of the
    two. `n` counts touchpoints.
    """

    mean: float
    peak: float
    peak_touchpoint_id: UUID
    end: float
    end_touchpoint_id: UUID
    peak_end: float
    n: Count
    explanation: str


def ranked_metric(found: Customers) -> RankedMetric | None:
    """By which metric it was ranked."""
    return None if found.metric is None else present(RankedMetric, found.metric)


def along_the_journey(found: Customers, rows: Sequence[Row]) -> AlongTheJourney | None:
    """Mean and peak-end of the metric, in the order of the map."""
    if found.metric is None:
        return None
    measured = [
        (row["id"], score.value)
        for row in sorted(rows, key=_place)
        if (score := found.scores.get(row["id"])) and score.value is not None
    ]
    fine = places(MetricKind(found.metric["kind"]))
    one = along(measured, Better(found.metric["better"]), fine)
    if one is None:
        return None
    figures = {name: shown(getattr(one, name), fine) or 0.0 for name in ("mean", "peak_end")}
    return AlongTheJourney(
        **figures,
        peak=shown(one.peak[1], fine) or 0.0,
        peak_touchpoint_id=one.peak[0],
        end=shown(one.end[1], fine) or 0.0,
        end_touchpoint_id=one.end[0],
        n=one.n,
        explanation=one.explanation,
    )


def _place(row: Row) -> tuple[str, str, UUID]:
    return row["stage_position"], row["position"], row["id"]


def bounds(model: RankingModel, found: Customers | None) -> tuple[int | None, int | None]:
    """Between which scores lie; nulls for a metric without bounds."""
    if model in RANGES:
        return RANGES[model]
    kinds: Mapping[MetricKind, tuple[int, int]] = OF_METRICS
    metric = found.metric if found else None
    return (None, None) if metric is None else kinds.get(MetricKind(metric["kind"]), (None, None))
