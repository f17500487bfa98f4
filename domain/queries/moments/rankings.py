"""A ranking with what was asked for beside it: as of when, compared with when, who answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.queries.maps.places import place
from domain.queries.moments.accountability import accountability
from domain.queries.moments.customers import ALWAYS, Customers, customers, reported
from domain.queries.moments.past import rankable_then
from domain.queries.moments.ranking import rankable
from domain.rules.ranking import BY_CUSTOMERS
from domain.words import RankingModel


@dataclass(frozen=True, slots=True)
class Asked:
    """`as_of`: None for now. `since`: what to compare with, None for nothing.

    `metric_id` is what to rank by where the model is a metric, None for the one most linked.
    """

    as_of: datetime | None = None
    since: datetime | None = None
    accountability: bool = False
    model: RankingModel = RankingModel.EMOTIONAL_IMPACT
    metric_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Touchpoints to rank; those of before, and who answers by moment, where asked for."""

    rows: Sequence[Row]
    before: Sequence[Row] | None
    answered: Mapping[UUID, Row] | None
    customers: Customers | None = None
    customers_before: Customers | None = None


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
    if asked.model not in BY_CUSTOMERS:
        return Found(rows, before, answered)
    customers_now = await _customers(tx, actor, journey_id, asked, asked.as_of)
    customers_then = None
    if asked.since is not None:
        customers_then = await _customers(tx, actor, journey_id, asked, asked.since)
    return Found(rows, before, answered, customers_now, customers_then)


async def _customers(
    tx: Transaction, actor: Actor, journey_id: UUID, asked: Asked, at: datetime | None
) -> Customers:
    """What customers reported over periods that had ended by then."""
    until = ALWAYS if at is None else at.astimezone(UTC).date()
    rows = await reported(tx, actor, journey_id, until)
    return await customers(tx, actor, rows, asked.model, asked.metric_id)


async def _rows(
    tx: Transaction, actor: Actor, journey_id: UUID, at: datetime | None
) -> Sequence[Row]:
    if at is None:
        return await rankable(tx, actor, journey_id)
    return await rankable_then(tx, actor, journey_id, at)
