"""The first steps of every write in a journey: hold its head, then see it as the actor may."""

from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import Stale
from domain.ledger import Locked
from domain.queries.maps.places import Place, hold_place, hold_place_of


async def enter(tx: Transaction, actor: Actor, journey_id: UUID) -> tuple[Locked, Place]:
    """Hold a journey and find it; NotFound when the actor may not see it."""
    return await hold_place(tx, actor, journey_id)


async def enter_of(
    tx: Transaction, actor: Actor, subject_id: UUID, kind: str | None = None
) -> tuple[Locked, Place]:
    """Hold and find the journey that a subject belongs to; NotFound also for another kind."""
    return await hold_place_of(tx, actor, subject_id, kind)


def current(version: int, expected: int) -> None:
    """Stale unless the change is based on what is there now."""
    if version != expected:
        raise Stale(version)
