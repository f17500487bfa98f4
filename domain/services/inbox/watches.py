"""Choosing what to hear of a journey or a thread."""

from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import NotFound
from domain.queries.held import hold_actor
from domain.queries.inbox import watches
from domain.queries.maps.journeys import journey
from domain.queries.voices.annotations import sees
from domain.talk import WatchLevel


async def of_journey(tx: Transaction, actor: Actor, journey_id: UUID) -> Row | None:
    """What the actor chose for a journey; NotFound when they may not see it."""
    await journey(tx, actor, journey_id)
    return await watches.watch_on(tx, actor, journey_id)


async def of_thread(tx: Transaction, actor: Actor, annotation_id: UUID) -> Row | None:
    """What the actor chose for a thread; NotFound when they may not see it."""
    if not await sees(tx, actor, annotation_id):
        raise NotFound
    return await watches.watch_on(tx, actor, annotation_id)


async def watch_journey(
    tx: Transaction, actor: Actor, journey_id: UUID, level: WatchLevel | None
) -> Row | None:
    """Choose what to hear of a journey; None goes back to what one hears without choosing."""
    await of_journey(tx, actor, journey_id)
    await hold_actor(tx, actor)
    await watches.choose(tx, actor, journey_id, level)
    return await watches.watch_on(tx, actor, journey_id)


async def watch_thread(
    tx: Transaction, actor: Actor, annotation_id: UUID, level: WatchLevel | None
) -> Row | None:
    """The same for a thread, where it counts more than what was chosen for the journey."""
    await of_thread(tx, actor, annotation_id)
    await hold_actor(tx, actor)
    await watches.choose(tx, actor, annotation_id, level)
    return await watches.watch_on(tx, actor, annotation_id)
