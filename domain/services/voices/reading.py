"""Reading: what a member has read of threads and journeys, outside the ledger."""

from datetime import timedelta
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.queries.held import hold_actor
from domain.queries.voices.reading import reached, thread, unread_longest
from domain.services.steps.visiting import look, look_at_all

_INSTANT = timedelta(microseconds=1)


async def read_thread(tx: Transaction, actor: Actor, annotation_id: UUID) -> None:
    """All that is in a thread has been read.

    The journey counts as read up to what is unread the longest, so that what is unread is looked
    for among what came since, and visits to what is long read can be forgotten.
    """
    await hold_actor(tx, actor)
    row = await thread(tx, actor, annotation_id)
    await look(tx, actor.member_id, annotation_id, row["reached"])
    longest, up_to = await unread_longest(tx, actor, row["journey_id"])
    before = row["reached"] if longest is None else longest - _INSTANT
    if before > up_to:
        await look_at_all(tx, actor.member_id, row["journey_id"], before)


async def unread_thread(tx: Transaction, actor: Actor, annotation_id: UUID) -> None:
    """What others said last in a thread is still to be read."""
    await hold_actor(tx, actor)
    row = await thread(tx, actor, annotation_id)
    if row["theirs"] is not None:
        await look(tx, actor.member_id, annotation_id, row["theirs"] - _INSTANT)


async def read_journey(tx: Transaction, actor: Actor, journey_id: UUID) -> None:
    """All that is on a journey has been read."""
    await hold_actor(tx, actor)
    at = await reached(tx, actor, journey_id)
    await look_at_all(tx, actor.member_id, journey_id, at)
