"""Touchpoints: add, change, move, remove."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.queries.maps.siblings import siblings
from domain.rules import ordering
from domain.rules.ordering import End
from domain.services.steps import structure
from domain.services.steps.changing import change
from domain.services.steps.references import check_references


async def add(
    tx: Transaction, actor: Actor, stage_id: UUID, fields: Mapping[str, Any], after: UUID | End
) -> Touchpoint:
    """Add a touchpoint to a stage after another, or at an end."""
    head, stage = await structure.piece_to_edit(tx, actor, Stage, stage_id)
    await check_references(tx, actor, fields)
    touchpoint = Touchpoint(
        organization_id=actor.organization_id,
        journey_id=stage.journey_id,
        stage_id=stage_id,
        position=await structure.position(tx, actor, Touchpoint, stage_id, after),
        created_by=actor.member_id,
        **{name: value for name, value in fields.items() if name not in Touchpoint.links},
    )
    links = {name: fields.get(name, ()) for name in Touchpoint.links}
    return await structure.add(tx, actor, head, touchpoint, links)


async def update(
    tx: Transaction, actor: Actor, touchpoint_id: UUID, changes: Mapping[str, Any], expected: int
) -> Touchpoint:
    """Change what a touchpoint says."""
    return await structure.update(tx, actor, Touchpoint, touchpoint_id, changes, expected)


async def move(
    tx: Transaction,
    actor: Actor,
    touchpoint_id: UUID,
    stage_id: UUID | None,
    after: UUID | None,
    expected: int,
) -> Touchpoint:
    """Put a touchpoint right after another, in its own stage or another of the journey."""
    head, moving = await structure.piece_to_edit(tx, actor, Touchpoint, touchpoint_id, expected)
    if stage_id is not None:
        await structure.named_piece(tx, actor, Stage, stage_id, moving)
    target = stage_id or moving.stage_id
    others = await siblings(tx, actor, Touchpoint, target)
    place = {"stage_id": target, "position": ordering.place(others, moving.id, after)}
    if change(moving, place):
        await structure.record(tx, actor, head, moving, "moved")
    return moving


async def remove(tx: Transaction, actor: Actor, touchpoint_id: UUID, expected: int) -> None:
    """Take a touchpoint off the map; what was said about it stays and comes back with it."""
    await structure.remove(tx, actor, Touchpoint, touchpoint_id, expected)
