"""A ranking with what was asked for beside it: as of when, compared with when, who answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.queries.maps.places import place
from domain.queries.moments.accountability import accountability
from domain.queries.moments.past import rankable_then
from domain.queries.moments.ranking import rankable


@dataclass(frozen=True, slots=True)
class Asked:
    """`as_of`: None for now. `since`: what to compare with, None for nothing."""

    as_of: datetime | None = None
    since: datetime | None = None
    accountability: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Touchpoints to rank; those of before, and who answers by moment, where asked for."""

    rows: Sequence[Row]
    before: Sequence[Row] | None
    answered: Mapping[UUID, Row] | None


async def to_rank(tx: Transaction, actor: Actor, journey_id: UUID, asked: Asked) -> Found:
    """What a ranking is computed from; NotFound when the journey is not seen.

    One statement for what is ranked, and one for each thing that is asked for besides.
    """
    rows = await _rows(tx, actor, journey_id, asked.as_of)
    if not rows:
        await place(tx, actor, journey_id)
    before = answered = None
    if asked.since is not None:
        before = await rankable_then(tx, actor, journey_id, asked.since)
    if asked.accountability:
        answered = await accountability(tx, actor, journey_id)
    return Found(rows, before, answered)


async def _rows(
    tx: Transaction, actor: Actor, journey_id: UUID, at: datetime | None
) -> Sequence[Row]:
    if at is None:
        return await rankable(tx, actor, journey_id)
    return await rankable_then(tx, actor, journey_id, at)
