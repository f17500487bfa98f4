"""Requests for input as a member sees them: what is asked, how many have answered, one's own."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, Text, Uuid, bindparam, exists, func, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.duties import InputAskStatus, InputRequestStatus
from domain.errors import NotFound
from domain.models.maps.journeys import Journey
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.records.subjects import Subject
from domain.policy import allowed, permits
from domain.queries.listing import newest
from domain.queries.maps.places import ROLES, SUBJECT_GONE, Place, place_from
from domain.queries.page import Page, PageRequest
from domain.queries.participation.asks import asks
from domain.queries.participation.spoken import SILENT, TO_READER
from domain.queries.readers import ME, ORGANIZATION, journey_visible, reader
from domain.roles import Condition, May, Relation

_MINE = select(InputAsk.id).where(
    InputAsk.organization_id == InputRequest.organization_id,
    InputAsk.request_id == InputRequest.id,
    InputAsk.member_id == ME,
)
FILTERS: Mapping[str, Any] = {
    "journey": InputRequest.journey_id == bindparam("journey", type_=Uuid()),
    "status": InputRequest.status == bindparam("status", type_=ARRAY(Text())).any_(),
    "mine": exists(_MINE.correlate(InputRequest)) == bindparam("mine"),
}


def visible_requests() -> Select[Any]:
    """Requests about what still stands in journeys that the reader sees."""
    return (
        select(
            *InputRequest.__table__.c,
            Subject.kind.label("subject_kind"),
            Journey.title.label("journey_title"),
            Journey.owner_id,
            Journey.status.label("journey_status"),
            Journey.locked_at,
            ROLES.label("roles"),
        )
        .join(
            Journey,
            (Journey.organization_id == InputRequest.organization_id)
            & (Journey.id == InputRequest.journey_id),
        )
        .join(
            Subject,
            (Subject.organization_id == InputRequest.organization_id)
            & (Subject.id == InputRequest.subject_id),
        )
        .where(InputRequest.organization_id == ORGANIZATION, journey_visible(), ~SUBJECT_GONE)
    )


def _told(page: Select[Any]) -> Select[Any]:
    """The requests of a page with their counts and the reader's own ask, in `my_` columns."""
    chosen = page.cte("page")
    told = asks(InputAsk.request_id.in_(select(chosen.c.id)), told=TO_READER).cte("told")
    counts = _counts(told)
    mine = told.alias("mine")
    return (
        select(
            *chosen.c,
            *(column for column in counts.c if column.key != "request_id"),
            *(column.label(f"my_{column.key}") for column in mine.c),
        )
        .outerjoin(counts, counts.c.request_id == chosen.c.id)
        .outerjoin(mine, (mine.c.request_id == chosen.c.id) & (mine.c.member_id == ME))
    )


def _counts(told: Any) -> Any:
    """How many were asked, have looked, and what became of it; those called off are not counted."""
    each = {
        f"count_{status}": func.count().filter(told.c.status == status.value)
        for status in (InputAskStatus.ANSWERED, InputAskStatus.ABSTAINED, InputAskStatus.NO_ANSWER)
    }
    return (
        select(
            told.c.request_id,
            func.count().label("count_asked"),
            func.count(told.c.seen_at).label("count_seen"),
            *(count.label(name) for name, count in each.items()),
        )
        .where(told.c.status != InputAskStatus.CANCELLED.value)
        .group_by(told.c.request_id)
        .subquery("counts")
    )


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    page = visible_requests().where(*(FILTERS[name] for name in sorted(filters)))
    if paged:
        page = page.where(InputRequest.id < bindparam("before", type_=Uuid()))
    newest = page.order_by(InputRequest.id.desc()).limit(bindparam("limit"))
    told = _told(newest)
    return hot(told.order_by(told.selected_columns.id.desc()))


_ONE = hot(_told(visible_requests().where(InputRequest.id == bindparam("id", type_=Uuid()))))


async def list_requests(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of requests, newest first."""
    return await newest(tx, actor, "input requests", _list, filters, page)


async def request(tx: Transaction, actor: Actor, request_id: UUID) -> Row:
    """One request about something that still stands where the actor may look; else NotFound."""
    row = await tx.row(_ONE, id=request_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


def _place(row: Row, actor: Actor) -> Place:
    journey = {
        "id": row["journey_id"],
        "owner_id": row["owner_id"],
        "status": row["journey_status"],
        "locked_at": row["locked_at"],
        "roles": row["roles"],
    }
    return place_from(journey, actor)


def sees_asks(row: Row, actor: Actor) -> bool:
    """Whether the actor could ask here themselves: who was asked and what they said is for them."""
    standing = _place(row, actor).standing(actor, conditions=(Condition.OPEN,))
    return permits(actor, May.REQUEST_INPUT, standing)


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with a request in the state it is in."""
    if row["status"] == InputRequestStatus.CANCELLED:
        return []
    waits = row["my_recorded"] in SILENT
    mays = (May.REQUEST_INPUT, May.ANSWER_INPUT) if waits else (May.REQUEST_INPUT,)
    ties = (Relation.ASKED,) if waits else ()
    return allowed(actor, mays, _place(row, actor).standing(actor, *ties))
