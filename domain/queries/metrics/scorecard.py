"""Every metric that is measured, with how it moved: one statement for a page of them."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, func, literal_column, select

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.models.metrics.metrics import Metric, MetricLink
from domain.queries.listing import newest
from domain.queries.metrics.metrics import LINK_SEEN
from domain.queries.metrics.sums import with_newest
from domain.queries.metrics.visible import visible_metrics
from domain.queries.page import Page, PageRequest

_L: Any = MetricLink


def _links(counted: ColumnElement[Any]) -> Any:
    """Something of the links of a metric that the reader sees."""
    found: Select[Any] = select(counted).where(
        _L.organization_id == Metric.organization_id,
        _L.metric_id == Metric.id,
        _L.removed_at.is_(None),
        LINK_SEEN,
    )
    return found.correlate(Metric).scalar_subquery()


_NONE: ColumnElement[Any] = literal_column("'{}'::uuid[]")
_JOURNEYS = func.array_agg(_L.journey_id.distinct()).filter(_L.journey_id.is_not(None))
_LINES = visible_metrics(
    _links(func.count()).label("links"),
    _links(func.coalesce(_JOURNEYS, _NONE)).label("journey_ids"),
).where(Metric.retired_at.is_(None))


@cache
def _scorecard(_: frozenset[str], paged: bool) -> Hot:
    statement = _LINES
    if paged:
        statement = statement.where(Metric.id < bindparam("before", type_=Uuid()))
    statement = statement.order_by(Metric.id.desc()).limit(bindparam("limit"))
    return hot(with_newest(statement, Metric.id, previous=True))


async def scorecard(tx: Transaction, actor: Actor, page: PageRequest) -> Page:
    """A page of metrics, newest first, each with its newest figure and the one before."""
    return await newest(tx, actor, "scorecard", _scorecard, {}, page)
