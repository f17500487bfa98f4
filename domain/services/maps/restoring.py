"""Undoing a removal."""

from collections.abc import Mapping
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import NotFound
from domain.models.maps.lanes import Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.queries.records.subjects import kind_of
from domain.services.steps import structure
from domain.services.steps.structure import Piece

RESTORABLE: Mapping[str, type[Piece]] = {
    model.subject_kind: model for model in (Stage, Lane, Touchpoint, Emotion)
}


async def restore(tx: Transaction, actor: Actor, subject_id: UUID) -> Piece:
    """Bring back what was removed from a map; NotFound when there is nothing to bring back."""
    model = RESTORABLE.get(await kind_of(tx, actor, subject_id))
    if model is None:
        raise NotFound
    return await structure.restore(tx, actor, model, subject_id)
