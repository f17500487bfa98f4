"""How far a member has read, for moving it on: what a thread holds, what is unread the longest."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, bindparam, func, literal_column, select, true

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.maps.journeys import Journey
from domain.models.records.ledger import Entry, Head
from domain.models.voices.annotations import Annotation
from domain.queries.maps.summaries import JOURNEY
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.voices.annotations import among_visible
from domain.queries.voices.unread import (
    candidates,
    first_unread,
    is_unread,
    last_of_others,
    looked_up,
    read_up_to,
    words_in,
)
from domain.queries.voices.visibility import annotation_visible


def _reached(journey_id: Any) -> ColumnElement[Any]:
    """When the last thing happened in a journey that is there to be seen.

    Not the present moment: what is being written is dated, and not seen yet.
    """
    epoch: ColumnElement[Any] = literal_column("timestamptz 'epoch'")
    found = (
        select(epoch + Entry.at * literal_column("interval '1 microsecond'"))
        .join(
            Head,
            (Head.organization_id == Entry.organization_id)
            & (Head.stream_id == Entry.stream_id)
            & (Head.revision == Entry.revision),
        )
        .where(Entry.organization_id == ORGANIZATION, Entry.stream_id == journey_id)
    )
    return found.scalar_subquery().label("reached")


def _of_journey(journey_id: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = journey_id == JOURNEY
    return found


_WORDS = words_in(Annotation)
_THREAD = hot(
    among_visible(
        Annotation.journey_id,
        last_of_others(Annotation, _WORDS).label("theirs"),
        _reached(Annotation.journey_id),
    )
    .join(_WORDS, true())
    .where(Annotation.id == bindparam("id", type_=Uuid()))
)
_JOURNEY = hot(select(_reached(Journey.id)).where(journey_visible(), Journey.id == JOURNEY))


def _longest() -> Hot:
    found = candidates(_of_journey).subquery("candidates")
    told = looked_up(found, annotation_visible())
    words = words_in(told.c)
    first = func.min(first_unread(told.c, words)).filter(is_unread(told.c, words))
    return hot(
        select(first.label("longest"), read_up_to(JOURNEY).label("up_to"))
        .select_from(found)
        .join(Journey, (Journey.organization_id == ORGANIZATION) & (Journey.id == JOURNEY))
        .join(told, true())
        .join(words, true())
    )


_LONGEST = _longest()


async def thread(tx: Transaction, actor: Actor, annotation_id: UUID) -> Row:
    """A thread's `journey_id`, when others spoke last in it (`theirs`), and `reached`."""
    row = await tx.row(_THREAD, id=annotation_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def reached(tx: Transaction, actor: Actor, journey_id: UUID) -> datetime:
    """When the last thing happened in a journey; NotFound when the actor may not see it."""
    at: datetime | None = await tx.value(_JOURNEY, journey_id=journey_id, **reader(actor))
    if at is None:
        raise NotFound
    return at


async def unread_longest(
    tx: Transaction, actor: Actor, journey_id: UUID
) -> tuple[datetime | None, datetime]:
    """When the first word was written that is unread, if any is; up to when the journey is read."""
    row = await tx.row(_LONGEST, journey_id=journey_id, **reader(actor))
    assert row is not None, "an aggregate is one row"
    return row["longest"], row["up_to"]
