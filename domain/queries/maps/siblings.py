"""Neighbors in an order: the ids and keys that something is placed among."""

from functools import cache
from uuid import UUID

from sqlalchemy import bindparam, select

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.models.maps.lanes import Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint

Ordered = type[Stage] | type[Lane] | type[Touchpoint]


@cache
def _siblings(model: Ordered) -> Hot:
    parent = Touchpoint.stage_id if model is Touchpoint else model.journey_id
    return hot(
        select(model.id, model.position).where(
            model.organization_id == bindparam("organization_id"),
            parent == bindparam("parent_id"),
            model.removed_at.is_(None),
        )
    )


async def siblings(
    tx: Transaction, actor: Actor, model: Ordered, parent_id: UUID
) -> list[tuple[UUID, str]]:
    """What stands in one order: stages and lanes of a journey, touchpoints of a stage."""
    rows = await tx.rows(
        _siblings(model), organization_id=actor.organization_id, parent_id=parent_id
    )
    return [(row["id"], row["position"]) for row in rows]
