"""What goes along when an opportunity becomes part of another, for changing it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from domain.actor import Actor
from domain.database import Transaction
from domain.models.outcomes.actions import Action
from domain.models.voices.annotations import Annotation
from domain.queries.readers import ORGANIZATION


async def actions_of(tx: Transaction, actor: Actor, opportunity_id: UUID) -> Sequence[Action]:
    """Its actions, also removed ones."""
    about = Action.opportunity_id == bindparam("id")
    return await _all(tx, actor, Action, about, opportunity_id)


async def threads_about(
    tx: Transaction, actor: Actor, opportunity_id: UUID
) -> Sequence[Annotation]:
    """All that was said about it, whoever may read it."""
    about = Annotation.subject_id == bindparam("id")
    return await _all(tx, actor, Annotation, about, opportunity_id)


async def _all(
    tx: Transaction, actor: Actor, model: Any, about: Any, opportunity_id: UUID
) -> Sequence[Any]:
    session = await tx.session()
    found = select(model).where(model.organization_id == ORGANIZATION, about).order_by(model.id)
    given = {"organization_id": actor.organization_id, "id": opportunity_id}
    return (await session.scalars(found, given)).all()
