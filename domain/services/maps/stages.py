"""Stages: add, change, move, remove."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.maps.stages import Stage
from domain.policy import require
from domain.queries.maps.siblings import siblings
from domain.roles import May
from domain.rules import ordering
from domain.rules.ordering import End
from domain.services.steps.changing import change, touch
from domain.services.steps.places import current, enter
from domain.services.steps.subjects import subject


async def add(
    tx: Transaction, actor: Actor, journey_id: UUID, fields: Mapping[str, Any], after: UUID | End
) -> Stage:
    """Add a stage after another, or at an end."""
    head, place = await enter(tx, actor, journey_id)
    require(actor, May.EDIT_JOURNEY, place.standing(actor))
    stage = Stage(
        organization_id=actor.organization_id,
        journey_id=journey_id,
        position=ordering.place(await siblings(tx, actor, Stage, journey_id), None, after),
        created_by=actor.member_id,
        **fields,
    )
    await tx.add(stage)
    await ledger.record(tx, actor, head, Fact(Verb.STAGE_ADDED, stage))
    return stage


async def update(
    tx: Transaction, actor: Actor, stage_id: UUID, changes: Mapping[str, Any], expected: int
) -> Stage:
    """Change what a stage says."""
    head, place, stage = await subject(tx, actor, Stage, stage_id)
    require(actor, May.EDIT_JOURNEY, place.standing(actor))
    current(stage.version, expected)
    if change(stage, changes):
        await ledger.record(tx, actor, head, Fact(Verb.STAGE_UPDATED, stage))
    return stage


async def move(
    tx: Transaction, actor: Actor, stage_id: UUID, after: UUID | None, expected: int
) -> Stage:
    """Put a stage right after another; None puts it first."""
    head, place, stage = await subject(tx, actor, Stage, stage_id)
    require(actor, May.EDIT_JOURNEY, place.standing(actor))
    current(stage.version, expected)
    others = await siblings(tx, actor, Stage, stage.journey_id)
    if change(stage, {"position": ordering.place(others, stage.id, after)}):
        await ledger.record(tx, actor, head, Fact(Verb.STAGE_MOVED, stage))
    return stage


async def remove(tx: Transaction, actor: Actor, stage_id: UUID, expected: int) -> None:
    """Take a stage off the map; its touchpoints go with it and come back with it."""
    head, place, stage = await subject(tx, actor, Stage, stage_id)
    require(actor, May.EDIT_JOURNEY, place.standing(actor))
    current(stage.version, expected)
    stage.removed_at = now()
    touch(stage)
    await ledger.record(tx, actor, head, Fact(Verb.STAGE_REMOVED, stage))
