"""Finding an entity of a journey in order to change it."""

from typing import TypeVar
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import NotFound
from domain.ledger import Locked
from domain.models.base import Recorded
from domain.queries.maps.places import Place
from domain.services.steps.links import load_links
from domain.services.steps.places import enter_of

T = TypeVar("T", bound=Recorded)


async def subject(
    tx: Transaction, actor: Actor, model: type[T], subject_id: UUID, removed: bool = False
) -> tuple[Locked, Place, T]:
    """Hold its journey, then find it there; NotFound when it is not to be seen or was removed.

    With `removed` it is looked for among the removed instead.
    """
    head, place = await enter_of(tx, actor, subject_id, model.subject_kind)
    return head, place, await entity(tx, actor, model, subject_id, removed)


async def entity(
    tx: Transaction, actor: Actor, model: type[T], entity_id: UUID, removed: bool = False
) -> T:
    """An entity of the organization by its id, links filled; NotFound when there is none."""
    found = await tx.entity(model, (actor.organization_id, entity_id))
    if found is None or (getattr(found, "removed_at", None) is not None) is not removed:
        raise NotFound
    await load_links(tx, found)
    return found
