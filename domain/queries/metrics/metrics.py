"""Metrics as a member sees them, each with its newest figure."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, exists, or_, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.ledger import Locked
from domain.models.maps.journeys import Journey
from domain.models.metrics.metrics import Metric, MetricLink
from domain.queries.held import held, hold
from domain.queries.listing import newest
from domain.queries.metrics.sums import with_newest
from domain.queries.metrics.visible import visible_metrics
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ORGANIZATION, journey_visible, reader

LINK_SEEN = or_(
    MetricLink.journey_id.is_(None),
    exists(
        select(Journey.id)
        .where(
            Journey.organization_id == MetricLink.organization_id,
            Journey.id == MetricLink.journey_id,
            journey_visible(),
        )
        .correlate(MetricLink)
    ),
)
_LINKED = exists(
    select(MetricLink.id)
    .where(
        MetricLink.organization_id == Metric.organization_id,
        MetricLink.metric_id == Metric.id,
        MetricLink.subject_id == bindparam("subject", type_=Uuid()),
        MetricLink.removed_at.is_(None),
        LINK_SEEN,
    )
    .correlate(Metric)
)
_FILTERS: Mapping[str, Any] = {
    "journey": Metric.journey_id == bindparam("journey", type_=Uuid()),
    "kind": Metric.kind == bindparam("kind", type_=ARRAY(Text())).any_(),
    "owner": Metric.owner_id == bindparam("owner", type_=Uuid()),
    "subject": _LINKED,
}
_MINE = Metric.id == bindparam("id", type_=Uuid())
_ONE = hot(with_newest(visible_metrics().where(_MINE), Metric.id))
_FOUND = visible_metrics().where(_MINE)
_AGAIN = hot(_FOUND)
_HOLD = held(_FOUND, ORGANIZATION, ORGANIZATION)


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    statement = visible_metrics().where(
        Metric.retired_at.is_(None), *(_FILTERS[name] for name in sorted(filters))
    )
    if paged:
        statement = statement.where(Metric.id < bindparam("before", type_=Uuid()))
    statement = statement.order_by(Metric.id.desc()).limit(bindparam("limit"))
    return hot(with_newest(statement, Metric.id))


async def list_metrics(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of living metrics, newest first."""
    return await newest(tx, actor, "metrics", _list, filters, page)


async def metric(tx: Transaction, actor: Actor, metric_id: UUID) -> Row:
    """One metric with its newest figure, a retired one too; else NotFound."""
    row = await tx.row(_ONE, id=metric_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def found(tx: Transaction, actor: Actor, metric_id: UUID) -> Row:
    """The metric itself, without figures; NotFound when the actor may not see it."""
    row = await tx.row(_AGAIN, id=metric_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def hold_metric(tx: Transaction, actor: Actor, metric_id: UUID) -> tuple[Locked, Row]:
    """Hold the organization's stream and find a metric as the actor may see it."""
    return await hold(tx, _HOLD, _AGAIN, id=metric_id, **reader(actor))
