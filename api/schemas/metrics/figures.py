"""Figures of metrics on the wire: rounded here and nowhere before."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from msgspec import Meta

from api.schemas.base import Count, Reply
from api.schemas.figures import RankingInput, inputs
from domain.database import Row
from domain.queries.metrics.sums import put_together
from domain.results import MetricKind
from domain.rules.metrics import MODEL_VERSION, Figure, figure
from domain.rules.ratings import rounded

Total = Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)]
Number = Annotated[
    float,
    Meta(
        ge=-999_999_999_999,
        le=999_999_999_999,
        description="Kept to six decimals.",
    ),
]


class MetricFigure(Reply):
    """What data points put together say; `value` is null where there is nothing to compute it from.

    `explanation` lets a reader check it by hand. `n` counts what went in: answers, the denominator,
    or data points; `few` says that there were fewer than 30 answers. `mean` stands beside a csat:
    the mean of its answers, 1 to 5. Ratios and numbers are rounded to six decimals, the other kinds
    to two. `dimensions` names those of the points that were put together:
    of points that break the same down in different ways, those with the fewest dimensions.
    """

    value: float | None
    mean: float | None
    n: Total
    few: bool
    model: MetricKind
    model_version: Count
    inputs: list[RankingInput]
    explanation: str
    points: Count
    dimensions: list[str]
    period_from: date
    period_to: date


def decimal(value: float) -> Decimal:
    """A number as it was written, to six decimals."""
    return Decimal(repr(value)).quantize(Decimal("0.000001"))


def shown(value: Fraction | None, places: int = 2) -> float | None:
    """A figure rounded to two decimals, or to as many as its kind is shown to."""
    return None if value is None else float(rounded(value, places))


def told(one: Figure, row: Row | Mapping[str, Any], prefix: str = "") -> MetricFigure:
    """A figure and what it is of."""
    return MetricFigure(
        value=shown(one.value, one.places),
        mean=shown(one.mean),
        n=one.n,
        few=one.few,
        model=one.kind,
        model_version=MODEL_VERSION,
        inputs=inputs(one.inputs, one.places),
        explanation=one.explanation,
        points=one.points,
        dimensions=list(row[f"{prefix}cut"] or ()),
        period_from=row[f"{prefix}period_from"],
        period_to=row[f"{prefix}period_to"],
    )


def computed(row: Row, prefix: str = "newest_", of: str = "") -> Figure | None:
    """The figure of a row with sums of a period; None where nothing was measured.

    `of` is what the labels of the metric's own columns begin with.
    """
    if row[f"{prefix}period_to"] is None:
        return None
    return figure(MetricKind(row[f"{of}kind"]), row[f"{of}unit"], put_together(row, prefix))


def newest(row: Row, prefix: str = "newest_", of: str = "") -> MetricFigure | None:
    """The newest figure of a row, or the one that `prefix` says."""
    one = computed(row, prefix, of)
    return None if one is None else told(one, row, prefix)
