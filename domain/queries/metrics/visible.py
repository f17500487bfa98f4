"""Which metrics a member sees, and what they may do with one."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal_column, or_, select

from domain.actor import Actor, Standing
from domain.database import Row
from domain.models.maps.journeys import Journey
from domain.models.metrics.metrics import Metric, MetricRecorder
from domain.policy import allowed
from domain.queries.maps.places import ROLES, place_from
from domain.queries.readers import ME, ORGANIZATION, journey_visible
from domain.roles import May, Relation

ITS_JOURNEY = and_(
    Journey.organization_id == Metric.organization_id, Journey.id == Metric.journey_id
)
_RECORDERS = (
    select(
        func.coalesce(
            func.array_agg(MetricRecorder.member_id.distinct()), literal_column("'{}'::uuid[]")
        )
    )
    .where(
        MetricRecorder.organization_id == Metric.organization_id,
        MetricRecorder.id == Metric.id,
    )
    .correlate(Metric)
    .scalar_subquery()
)
_I_RECORD = select(MetricRecorder.id).where(
    MetricRecorder.organization_id == Metric.organization_id,
    MetricRecorder.id == Metric.id,
    MetricRecorder.member_id == ME,
)
_JOURNEY_SEEN = select(Journey.id).where(ITS_JOURNEY, journey_visible())
_OF_JOURNEY = ("owner_id", "status", "locked_at")


def metric_visible() -> ColumnElement[bool]:
    """A journey's metric is for who reads the journey, for its owner and its recorders."""
    return and_(
        Metric.organization_id == ORGANIZATION,
        or_(
            Metric.journey_id.is_(None),
            Metric.owner_id == ME,
            exists(_I_RECORD.correlate(Metric)),
            exists(_JOURNEY_SEEN.correlate(Metric)),
        ),
    )


def visible_metrics(*columns: Any) -> Select[Any]:
    """The one way to select metrics, each with what says who may do something with it."""
    return (
        select(
            *Metric.__table__.c,
            _RECORDERS.label("recorder_ids"),
            *(getattr(Journey, name).label(f"journey_{name}") for name in _OF_JOURNEY),
            ROLES.label("roles"),
            *columns,
        )
        .select_from(Metric)
        .outerjoin(Journey, ITS_JOURNEY)
        .where(metric_visible())
    )


def standing(row: Row, actor: Actor) -> Standing:
    """How the actor stands towards a metric: what ties them to it, and to its journey."""
    ties = set()
    if row["owner_id"] == actor.member_id:
        ties.add(Relation.METRIC_OWNER)
    if actor.member_id in row["recorder_ids"]:
        ties.add(Relation.RECORDER)
    if row["journey_id"] is None:
        return actor.standing(*ties)
    told = {name: row[f"journey_{name}"] for name in _OF_JOURNEY}
    place = place_from({"id": row["journey_id"], "roles": row["roles"], **told}, actor)
    return place.standing(actor, *ties)


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with a metric; with a retired one nothing."""
    if row["retired_at"] is not None:
        return []
    return allowed(actor, (May.CREATE_METRIC, May.RECORD_DATA_POINTS), standing(row, actor))
