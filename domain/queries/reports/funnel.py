"""The newest measurement of drop-off at every touchpoint of a journey, in the order of the map."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import literal_column, select

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.findings.findings import Finding
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.queries.maps.drawn import drawn, in_map_order
from domain.queries.maps.places import place
from domain.queries.readers import ORGANIZATION, reader
from domain.results import FindingKind, FindingStatus

_F: Any = Finding
_COUNTS = (FindingStatus.OPEN, FindingStatus.ADDRESSED)
_MEASURED: Any = (
    select(
        _F.id.label("finding_id"),
        _F.entered,
        _F.left_count,
        _F.measured_from,
        _F.measured_to,
    )
    .where(
        _F.organization_id == ORGANIZATION,
        _F.touchpoint_id == Touchpoint.id,
        _F.kind == literal_column(f"'{FindingKind.DROP_OFF}'"),
        _F.status.in_([literal_column(f"'{status}'") for status in _COUNTS]),
        _F.entered.is_not(None),
        _F.removed_at.is_(None),
    )
    .order_by(_F.measured_to.desc().nulls_last(), _F.id.desc())
    .limit(1)
    .lateral("measured")
)
_FUNNEL = hot(
    in_map_order(
        drawn(Stage.name.label("stage_name"), *_MEASURED.c).outerjoin(
            _MEASURED, literal_column("true")
        )
    )
)


async def measured(tx: Transaction, actor: Actor, journey_id: UUID) -> Sequence[Row]:
    """The touchpoints on the map with their newest drop-off; NotFound without the journey."""
    await place(tx, actor, journey_id)
    return await tx.rows(_FUNNEL, journey_id=journey_id, **reader(actor))
