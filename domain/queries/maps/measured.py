"""What an import finds of the metrics that its document measures."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, or_, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.metrics.data_points import DataPoint
from domain.models.metrics.metrics import Metric, MetricRecorder
from domain.queries.readers import ME, ORGANIZATION
from domain.rules.measured import COUNTS, NUMBER

_IDS: Any = bindparam("ids", type_=ARRAY(Uuid()))
_RECORDS = (
    select(MetricRecorder.id)
    .where(
        MetricRecorder.organization_id == ORGANIZATION,
        MetricRecorder.id == Metric.id,
        MetricRecorder.member_id == ME,
    )
    .correlate(Metric)
)
_MINE = hot(
    select(Metric.id).where(
        Metric.organization_id == ORGANIZATION,
        Metric.id == _IDS.any_(),
        or_(Metric.owner_id == ME, _RECORDS.exists()),
    )
)
_POINTS = hot(
    select(*DataPoint.__table__.c).where(
        DataPoint.organization_id == ORGANIZATION, DataPoint.metric_id == _IDS.any_()
    )
)
Places = Mapping[UUID, Mapping[tuple[Any, ...], Mapping[str, Any]]]
"""Components by metric and place."""


async def mine_to_record(tx: Transaction, actor: Actor, ids: list[UUID]) -> set[UUID]:
    """Those of the metrics whose data points the actor may record."""
    here = {"organization_id": actor.organization_id, "me": actor.member_id}
    return {row["id"] for row in await tx.rows(_MINE, **here, ids=ids)}


async def recorded(tx: Transaction, actor: Actor, ids: list[UUID]) -> Places:
    """What is measured already."""
    found: dict[UUID, dict[tuple[Any, ...], Mapping[str, Any]]] = defaultdict(dict)
    for row in await tx.rows(_POINTS, organization_id=actor.organization_id, ids=ids):
        place = (row["period_from"], row["period_to"], row["dimensions"])
        said = {name: row[name] for name in (*COUNTS, NUMBER) if row[name] is not None}
        found[row["metric_id"]][place] = said
    return found
