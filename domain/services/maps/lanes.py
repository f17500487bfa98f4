"""Lanes: add, change, move, remove."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.models.maps.lanes import Lane
from domain.rules.ordering import End
from domain.services.steps import structure


async def add(
    tx: Transaction, actor: Actor, journey_id: UUID, fields: Mapping[str, Any], after: UUID | End
) -> Lane:
    """Add a lane below another, or at an end."""
    head = await structure.journey_to_edit(tx, actor, journey_id)
    lane = Lane(
        organization_id=actor.organization_id,
        journey_id=journey_id,
        position=await structure.position(tx, actor, Lane, journey_id, after),
        created_by=actor.member_id,
        **fields,
    )
    return await structure.add(tx, actor, head, lane)


async def update(
    tx: Transaction, actor: Actor, lane_id: UUID, changes: Mapping[str, Any], expected: int
) -> Lane:
    """Ask another question."""
    return await structure.update(tx, actor, Lane, lane_id, changes, expected)


async def move(
    tx: Transaction, actor: Actor, lane_id: UUID, after: UUID | None, expected: int
) -> Lane:
    """Put a lane right below another; None puts it first."""
    return await structure.move(tx, actor, Lane, lane_id, after, expected)


async def remove(tx: Transaction, actor: Actor, lane_id: UUID, expected: int) -> None:
    """Take a lane off the map; its cells go with it and come back with it."""
    await structure.remove(tx, actor, Lane, lane_id, expected)
