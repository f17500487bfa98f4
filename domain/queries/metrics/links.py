"""What metrics say something of: the links a member sees, each with its newest figure."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, bindparam, or_, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.maps.journeys import Journey
from domain.models.metrics.metrics import Metric, MetricLink
from domain.models.records.subjects import Subject
from domain.queries.listing import newest
from domain.queries.maps.places import SUBJECT_GONE
from domain.queries.metrics.sums import has, with_newest
from domain.queries.metrics.visible import metric_visible
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ORGANIZATION, journey_visible, reader

_L: Any = MetricLink
OF_METRIC = ("name", "kind", "unit", "better", "target")
PICKED = or_(_L.dimension == "", has(_L.dimension, _L.value))
"""Whether a data point is one of those that a link picks."""


def _its(model: Any, column: Any) -> Any:
    return and_(model.organization_id == _L.organization_id, model.id == column)


def visible_links(*columns: Any) -> Select[Any]:
    """The one way to select links: of metrics that are measured, to what the reader sees."""
    return (
        select(
            *MetricLink.__table__.c,
            Subject.kind.label("subject_kind"),
            *(getattr(Metric, name).label(f"metric_{name}") for name in OF_METRIC),
            *columns,
        )
        .select_from(MetricLink)
        .join(Metric, _its(Metric, _L.metric_id))
        .join(Subject, _its(Subject, _L.subject_id))
        .outerjoin(Journey, _its(Journey, _L.journey_id))
        .where(
            _L.organization_id == ORGANIZATION,
            _L.removed_at.is_(None),
            Metric.retired_at.is_(None),
            metric_visible(),
            or_(_L.journey_id.is_(None), journey_visible()),
            ~SUBJECT_GONE,
        )
    )


_FILTERS: Mapping[str, Any] = {
    name: getattr(_L, f"{name}_id") == bindparam(name, type_=Uuid())
    for name in ("metric", "journey", "subject", "touchpoint")
}
_ONE = hot(
    with_newest(visible_links().where(_L.id == bindparam("id", type_=Uuid())), _L.metric_id, PICKED)
)
_SPOT = hot(
    select(Subject.kind, Subject.journey_id, Subject.touchpoint_id).where(
        Subject.organization_id == bindparam("organization_id", type_=Uuid()),
        Subject.id == bindparam("subject_id", type_=Uuid()),
    )
)
_KEPT = hot(
    select(_L.id).where(
        _L.organization_id == bindparam("organization_id", type_=Uuid()),
        _L.metric_id == bindparam("metric_id", type_=Uuid()),
        _L.subject_id == bindparam("subject_id", type_=Uuid()),
        _L.aspect == bindparam("aspect"),
    )
)


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    statement = visible_links().where(*(_FILTERS[name] for name in sorted(filters)))
    if paged:
        statement = statement.where(_L.id < bindparam("before", type_=Uuid()))
    statement = statement.order_by(_L.id.desc()).limit(bindparam("limit"))
    return hot(with_newest(statement, _L.metric_id, PICKED))


async def list_links(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of links, newest first."""
    return await newest(tx, actor, "metric-links", _list, filters, page)


async def metric_link(tx: Transaction, actor: Actor, link_id: UUID) -> Row:
    """One link with its newest figure; NotFound when it is not to be seen."""
    row = await tx.row(_ONE, id=link_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def spot_of(tx: Transaction, actor: Actor, subject_id: UUID) -> Row:
    """What a subject is and which journey it is of; whether it may be seen is not asked here."""
    row = await tx.row(_SPOT, organization_id=actor.organization_id, subject_id=subject_id)
    if row is None:
        raise NotFound
    return row


async def kept_link(
    tx: Transaction, actor: Actor, metric_id: UUID, subject_id: UUID, aspect: str
) -> UUID | None:
    """The link of a metric to a subject, also one that was taken away."""
    found: UUID | None = await tx.value(
        _KEPT,
        organization_id=actor.organization_id,
        metric_id=metric_id,
        subject_id=subject_id,
        aspect=aspect,
    )
    return found
