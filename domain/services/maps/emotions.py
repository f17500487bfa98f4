"""Emotions: add, change, remove."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.services.steps import structure
from domain.services.steps.references import check_references


async def add(
    tx: Transaction, actor: Actor, touchpoint_id: UUID, fields: Mapping[str, Any]
) -> Emotion:
    """Record what the customer feels at a touchpoint."""
    head, touchpoint = await structure.piece_to_edit(tx, actor, Touchpoint, touchpoint_id)
    await check_references(tx, actor, fields)
    emotion = Emotion(
        organization_id=actor.organization_id,
        journey_id=touchpoint.journey_id,
        touchpoint_id=touchpoint_id,
        created_by=actor.member_id,
        **fields,
    )
    return await structure.add(tx, actor, head, emotion)


async def update(
    tx: Transaction, actor: Actor, emotion_id: UUID, changes: Mapping[str, Any], expected: int
) -> Emotion:
    """Change what is recorded of an emotion."""
    return await structure.update(tx, actor, Emotion, emotion_id, changes, expected)


async def remove(tx: Transaction, actor: Actor, emotion_id: UUID, expected: int) -> None:
    """Take an emotion off the map."""
    await structure.remove(tx, actor, Emotion, emotion_id, expected)
