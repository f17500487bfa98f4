"""Touchpoints that open into a journey of their own: open, close."""

from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import NotFound
from domain.models.maps.touchpoints import Touchpoint
from domain.services.steps import structure
from domain.services.steps.changing import change
from domain.services.steps.nesting import check_child, hold_nesting


async def open_into(
    tx: Transaction, actor: Actor, touchpoint_id: UUID, journey_id: UUID, expected: int
) -> Touchpoint:
    """Let a touchpoint open into a journey, instead of another if it did."""
    await hold_nesting(tx, actor)
    head, touchpoint = await structure.piece_to_edit(tx, actor, Touchpoint, touchpoint_id, expected)
    if touchpoint.child_journey_id == journey_id:
        return touchpoint
    await check_child(tx, actor, touchpoint.journey_id, journey_id)
    change(touchpoint, {"child_journey_id": journey_id})
    await structure.record(tx, actor, head, touchpoint, "updated")
    return touchpoint


async def close(tx: Transaction, actor: Actor, touchpoint_id: UUID, expected: int) -> None:
    """Let a touchpoint open into nothing; NotFound when it already does."""
    head, touchpoint = await structure.piece_to_edit(tx, actor, Touchpoint, touchpoint_id, expected)
    if touchpoint.child_journey_id is None:
        raise NotFound
    change(touchpoint, {"child_journey_id": None})
    await structure.record(tx, actor, head, touchpoint, "updated")
