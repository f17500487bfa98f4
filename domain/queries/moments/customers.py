"""What customers reported of the touchpoints of a journey, through the metrics linked to them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Date, bindparam

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.metrics.data_points import DataPoint
from domain.models.metrics.metrics import MetricLink
from domain.queries.maps.drawn import JOURNEY
from domain.queries.metrics.links import PICKED, visible_links
from domain.queries.metrics.metrics import found
from domain.queries.metrics.sums import put_together, with_newest
from domain.queries.readers import reader
from domain.results import Better, MetricAspect, MetricKind
from domain.rules.customers import by_metric, ulwick
from domain.rules.metrics import Figure, figure
from domain.rules.ranking import Score
from domain.words import RankingModel, SubjectKind

ALWAYS: Final = date.max
_L: Any = MetricLink
_ENDED = DataPoint.period_to <= bindparam("until", type_=Date())
_REPORTED = hot(
    with_newest(
        visible_links().where(_L.journey_id == JOURNEY, _L.touchpoint_id.is_not(None)),
        _L.metric_id,
        PICKED,
        _ENDED,
    ).order_by(_L.id)
)
_ASPECTS = (MetricAspect.GENERAL, MetricAspect.SATISFACTION)


@dataclass(frozen=True, slots=True)
class Customers:
    """Scores by touchpoint, and the metric they are from where it is one."""

    scores: Mapping[UUID, Score] = field(default_factory=dict)
    metric: Row | None = None


async def reported(
    tx: Transaction, actor: Actor, journey_id: UUID, until: date = ALWAYS
) -> Sequence[Row]:
    """Links to touchpoints and moments with the newest figure of a period that had ended."""
    return await tx.rows(_REPORTED, journey_id=journey_id, until=until, **reader(actor))


async def customers(
    tx: Transaction, actor: Actor, rows: Sequence[Row], model: RankingModel, metric_id: UUID | None
) -> Customers:
    """Scores of a model from what was reported; NotFound when the metric is not to be seen."""
    if model is RankingModel.ULWICK:
        return Customers(_ulwick(rows))
    chosen = metric_id or most_linked(rows)
    if chosen is None:
        return Customers()
    metric = await found(tx, actor, chosen)
    scores = {
        touchpoint: by_metric(metric["name"], Better(metric["better"]), figure_of(row))
        for touchpoint, row in of_touchpoints(rows, chosen).items()
    }
    return Customers(scores, metric)


def most_linked(rows: Iterable[Row]) -> UUID | None:
    """The metric that is linked to most touchpoints; of several the one set up first."""
    pairs = {(row["metric_id"], row["touchpoint_id"]) for row in rows if _measures(row)}
    counted = Counter(metric for metric, _ in pairs)
    return min(counted, key=lambda metric: (-counted[metric], metric), default=None)


def of_touchpoints(rows: Iterable[Row], metric_id: UUID) -> dict[UUID, Row]:
    """By touchpoint the link that counts: what is said of all before satisfaction, of the
    touchpoint itself before its moment."""
    mine = (row for row in rows if row["metric_id"] == metric_id and _measures(row))
    chosen: dict[UUID, Row] = {}
    for row in sorted(mine, key=_rank_of_link):
        chosen.setdefault(row["touchpoint_id"], row)
    return chosen


def _rank_of_link(row: Row) -> tuple[bool, bool, UUID]:
    general = row["aspect"] == MetricAspect.GENERAL
    return not general, row["subject_kind"] != SubjectKind.TOUCHPOINT, row["id"]


def _measures(row: Row) -> bool:
    return row["aspect"] in _ASPECTS


def figure_of(row: Row) -> Figure | None:
    """The figure of the points that a link picks; None where nothing was measured."""
    if row["newest_period_to"] is None:
        return None
    sums = put_together(row, "newest_")
    return figure(MetricKind(row["metric_kind"]), row["metric_unit"], sums)


def _ulwick(rows: Iterable[Row]) -> dict[UUID, Score]:
    """Of each touchpoint that has one of the two: of several metrics the one of newest data."""
    aspects: dict[UUID, dict[str, Row]] = {}
    for row in sorted(rows, key=lambda row: row["newest_period_to"] or date.min):
        if row["aspect"] != MetricAspect.GENERAL:
            aspects.setdefault(row["touchpoint_id"], {})[row["aspect"]] = row
    return {
        touchpoint: ulwick(
            *(
                figure_of(told[aspect]) if aspect in told else None
                for aspect in (MetricAspect.IMPORTANCE, MetricAspect.SATISFACTION)
            )
        )
        for touchpoint, told in aspects.items()
    }
