"""What a member may see of the ledger at this moment, of entries that were read before, too."""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.policy import permits
from domain.queries.integration.telling import seen_of
from domain.roles import May

NEAR: Final = 100
"""Entries of a stream that are no further apart are asked about together."""


def needed(actor: Actor, stream_id: UUID) -> May:
    """What reading a stream of the actor's organization takes, beside seeing the journey."""
    own = stream_id == actor.organization_id
    return May.READ_ORGANIZATION_LEDGER if own else May.READ_JOURNEY


async def entries_seen(
    tx: Transaction, actor: Actor, stream_id: UUID, first: int, last: int
) -> Sequence[Row]:
    """The entries of a stream, from one revision to another, that a member's own feed tells."""
    if not permits(actor, needed(actor, stream_id), actor.standing()):
        return ()
    return await seen_of(tx, actor, stream_id, first, last)


async def still_seen(tx: Transaction, actor: Actor | None, told: Iterable[Row]) -> list[Row]:
    """Those deliveries whose entry a member may see now; what tells of none, as a ping, always.

    Where it goes by the member's own feed, a body written for somebody else is the very same: of
    who reads, it matters only whether they see the entry.
    """
    told = list(told)
    seen: set[tuple[UUID, int]] = set()
    for stream_id in {one["stream_id"] for one in told} - {None}:
        revisions = sorted(one["revision"] for one in told if one["stream_id"] == stream_id)
        for first, last in _stretches(revisions):
            rows = await entries_seen(tx, actor, stream_id, first, last) if actor else ()
            seen |= {(stream_id, row["revision"]) for row in rows}
    return [
        one
        for one in told
        if one["stream_id"] is None or (one["stream_id"], one["revision"]) in seen
    ]


def _stretches(revisions: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each stretch of revisions that are near each other."""
    found: list[tuple[int, int]] = []
    for revision in revisions:
        if found and revision - found[-1][0] < NEAR:
            found[-1] = (found[-1][0], revision)
        else:
            found.append((revision, revision))
    return found
