"""What a body names by id beside the journey it is about."""

from typing import TypeVar
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import NotFound
from domain.models.base import Recorded
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import entity

T = TypeVar("T", bound=Recorded)


async def named(
    tx: Transaction,
    actor: Actor,
    model: type[T],
    named_id: UUID | None,
    journey_id: UUID,
    field: str = "",
) -> T | None:
    """The thing of this journey that `<kind>_id` names; Invalid when there is none."""
    if named_id is None:
        return None
    try:
        found = await entity(tx, actor, model, named_id)
        if isinstance(found, Touchpoint):
            await entity(tx, actor, Stage, found.stage_id)
    except NotFound:
        found = None
    if found is None or getattr(found, "journey_id", None) != journey_id:
        kind = model.subject_kind.value
        detail = f"There is no such {kind} in this journey."
        raise impossible(detail, f"unknown_{kind}", field or f"{kind}_id")
    return found
