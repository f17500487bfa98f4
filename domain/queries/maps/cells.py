"""The cell at one place of a lane."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.maps.lanes import Cell

_CELL = hot(
    select(Cell.id).where(
        Cell.organization_id == bindparam("organization_id"),
        Cell.lane_id == bindparam("lane_id"),
        Cell.stage_id.is_not_distinct_from(bindparam("stage_id", type_=Uuid())),
        Cell.touchpoint_id.is_not_distinct_from(bindparam("touchpoint_id", type_=Uuid())),
    )
)


async def cell_at(
    tx: Transaction, actor: Actor, lane_id: UUID, place: Mapping[str, UUID | None]
) -> UUID | None:
    """The id of the cell where a lane crosses a stage or a touchpoint, if it was ever written."""
    found: UUID | None = await tx.value(
        _CELL, organization_id=actor.organization_id, lane_id=lane_id, **place
    )
    return found
