"""What the rows of a table may name: stages, and metrics that can be seen."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Uuid, bindparam, or_, select

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.metrics.metrics import Metric
from domain.queries.readers import ORGANIZATION

_JOURNEY = bindparam("journey_id", type_=Uuid())
_STAGES = hot(
    select(Stage.id, Stage.name)
    .where(
        Stage.organization_id == ORGANIZATION,
        Stage.journey_id == _JOURNEY,
        Stage.removed_at.is_(None),
    )
    .order_by(Stage.position, Stage.id)
)
_METRICS = hot(
    select(Metric.name, Metric.kind).where(
        Metric.organization_id == ORGANIZATION,
        Metric.retired_at.is_(None),
        or_(Metric.journey_id == _JOURNEY, Metric.journey_id.is_(None)),
    )
)

_TOUCHPOINTS = hot(
    select(Touchpoint.id, Touchpoint.stage_id).where(
        Touchpoint.organization_id == ORGANIZATION, Touchpoint.journey_id == _JOURNEY
    )
)


async def stage_of_touchpoints(tx: Transaction, actor: Actor, journey_id: UUID) -> dict[UUID, UUID]:
    """Where each touchpoint of a journey stands."""
    here = {"organization_id": actor.organization_id, "journey_id": journey_id}
    return {row["id"]: row["stage_id"] for row in await tx.rows(_TOUCHPOINTS, **here)}


async def stages(tx: Transaction, actor: Actor, journey_id: UUID) -> Sequence[Row]:
    """The stages of a journey, in their order."""
    return await tx.rows(_STAGES, organization_id=actor.organization_id, journey_id=journey_id)


async def metric_kinds(tx: Transaction, actor: Actor, journey_id: UUID) -> dict[str, str]:
    """The kinds of the metrics of a journey and of the organization, by name."""
    here = {"organization_id": actor.organization_id, "journey_id": journey_id}
    return {row["name"]: row["kind"] for row in await tx.rows(_METRICS, **here)}
