"""Stages: add, change, move, remove."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.models.maps.stages import Stage
from domain.rules.ordering import End
from domain.services.steps import structure


async def add(
    tx: Transaction, actor: Actor, journey_id: UUID, fields: Mapping[str, Any], after: UUID | End
) -> Stage:
    """Add a stage after another, or at an end."""
    head = await structure.journey_to_edit(tx, actor, journey_id)
    stage = Stage(
        organization_id=actor.organization_id,
        journey_id=journey_id,
        position=await structure.position(tx, actor, Stage, journey_id, after),
        created_by=actor.member_id,
        **fields,
    )
    return await structure.add(tx, actor, head, stage)


async def update(
    tx: Transaction, actor: Actor, stage_id: UUID, changes: Mapping[str, Any], expected: int
) -> Stage:
    """Change what a stage says."""
    return await structure.update(tx, actor, Stage, stage_id, changes, expected)


async def move(
    tx: Transaction, actor: Actor, stage_id: UUID, after: UUID | None, expected: int
) -> Stage:
    """Put a stage right after another; None puts it first."""
    return await structure.move(tx, actor, Stage, stage_id, after, expected)


async def remove(tx: Transaction, actor: Actor, stage_id: UUID, expected: int) -> None:
    """Take a stage off the map; its touchpoints go with it and come back with it."""
    await structure.remove(tx, actor, Stage, stage_id, expected)
