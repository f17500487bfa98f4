"""Two journeys and what differs between them, as far as their reader sees both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, case, or_, select

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.errors import FieldError, Invalid, NotFound
from domain.models.maps.journeys import Journey
from domain.models.outcomes.opportunities import Opportunity
from domain.models.records.ledger import Head
from domain.queries.life.states import state_at, things
from domain.queries.maps.drawn import JOURNEY
from domain.queries.outcomes.drafts import opportunity_visible
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.rules.comparing import Side, Told, compare, side
from domain.rules.differences import Key
from domain.words import JourneyStatus

_OTHER = bindparam("other_id", type_=Uuid())
_CURRENT = (
    select(Journey.future_of_id)
    .where(Journey.organization_id == ORGANIZATION, Journey.id == JOURNEY)
    .correlate(None)
    .scalar_subquery()
)
_SIDES = hot(
    select(
        Journey.id,
        Journey.title,
        Journey.state,
        Journey.status,
        Journey.future_of_id,
        Head.revision,
    )
    .join(Head, (Head.organization_id == ORGANIZATION) & (Head.stream_id == Journey.id))
    .where(
        journey_visible(),
        or_(
            Journey.id == JOURNEY,
            Journey.id == _OTHER,
            Journey.id == _CURRENT,
            Journey.future_of_id == JOURNEY,
        ),
    )
    .order_by(Journey.id.desc())
)
_DRAFTED = hot(
    select(Opportunity.id, case((opportunity_visible(), Opportunity.title)).label("title"))
    .join(
        Journey,
        (Journey.organization_id == ORGANIZATION) & (Journey.id == Opportunity.journey_id),
    )
    .where(
        Opportunity.organization_id == ORGANIZATION,
        Opportunity.id == bindparam("ids", type_=ARRAY(Uuid())).any_(),
    )
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Which journey is compared with which: the current one first, where one is its future."""

    was: Row
    now: Row


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two journeys, and what became of the first in the second; the ids of pieces by lineage."""

    was: Row
    now: Row
    found: Sequence[Told]
    was_ids: Mapping[Key, UUID]
    now_ids: Mapping[Key, UUID]


async def sides(tx: Transaction, actor: Actor, journey_id: UUID, other_id: UUID | None) -> Sides:
    """The journey and another: its newest future, or what it is the future of, if none is named.

    NotFound when the actor sees no such journey, Invalid when there is nothing to compare it with.
    """
    given = reader(actor) | {"journey_id": journey_id, "other_id": other_id}
    rows = {row["id"]: row for row in await tx.rows(_SIDES, **given)}
    this = rows.pop(journey_id, None)
    if this is None:
        raise NotFound
    other = rows.get(other_id) if other_id else _counterpart(this, rows)
    if other is None:
        raise _nothing(other_id)
    return Sides(other, this) if this["future_of_id"] == other["id"] else Sides(this, other)


def _counterpart(this: Row, rows: Mapping[UUID, Row]) -> Row | None:
    """What it is the future of, or else its newest future, one that is not archived first."""
    if this["future_of_id"] is not None:
        return rows.get(this["future_of_id"])
    futures = [row for row in rows.values() if row["future_of_id"] == this["id"]]
    archived = JourneyStatus.ARCHIVED
    return min(futures, key=lambda row: bool(row["status"] == archived), default=None)


def _nothing(other_id: UUID | None) -> Invalid:
    detail = (
        "There is no journey of this id that you can see, other than the journey itself."
        if other_id
        else "No future has been drawn from this journey that you can see: name another in `with`."
    )
    code = "unknown_journey" if other_id else "nothing_to_compare"
    return Invalid(detail, code=code, errors=[FieldError(detail, code, parameter="with")])


async def compared(tx: Transaction, actor: Actor, chosen: Sides) -> Comparison:
    """What differs between two journeys that the actor sees."""
    was, now = await _side(tx, actor, chosen.was), await _side(tx, actor, chosen.now)
    return Comparison(chosen.was, chosen.now, compare(was, now), was.ids, now.ids)


async def _side(tx: Transaction, actor: Actor, row: Any) -> Side:
    state = await state_at(tx, actor, row["id"], row["revision"])
    return side(state.standing, things(state))


async def drafted(tx: Transaction, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, str | None]:
    """Which of the opportunities there have been, removed or not; no title of unseen drafts."""
    rows = await tx.rows(_DRAFTED, **reader(actor), ids=list(ids))
    return {row["id"]: row["title"] for row in rows}
