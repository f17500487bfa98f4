"""The replies of a thread: whoever sees the annotation sees them."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, select, text, true

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.ledger import Locked
from domain.models.maps.journeys import Journey
from domain.models.voices.annotations import Annotation
from domain.models.voices.replies import Reply
from domain.queries.held import held, hold
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ORGANIZATION, reader
from domain.queries.voices.annotations import among_visible, sees
from domain.queries.voices.marks import flagged, reacted
from domain.queries.voices.people import author_card, mentions
from domain.queries.voices.visibility import (
    STATUS,
    mine,
    moderated_by_me,
    reply_status,
    seen_anyway,
)


def _visible() -> Select[Any]:
    """Replies with what ties the reader to them and to their journeys."""
    return (
        among_visible(
            *Reply.__table__.c,
            reply_status(Reply).label("status"),
            STATUS.label("thread_status"),
            Annotation.visibility.label("thread_visibility"),
            Annotation.author_group.label("thread_group"),
            Annotation.author_id.label("thread_author_id"),
            mine(Reply).label("mine"),
            seen_anyway().label("seen_anyway"),
            Journey.owner_id,
            Journey.status.label("journey_status"),
            Journey.locked_at,
            moderated_by_me().label("moderates"),
        )
        .join(
            Reply,
            (Reply.organization_id == Annotation.organization_id)
            & (Reply.annotation_id == Annotation.id),
        )
        .where(Reply.organization_id == ORGANIZATION)
    )


def _marked(page: Select[Any]) -> Select[Any]:
    """The same with names and with what members left on them, for what is on the page, no more."""
    told = page.subquery("page")
    reactions, flags = reacted(told), flagged(told)
    joined = told.join(reactions, true()).join(flags, true())
    people = (*author_card(told.c), mentions(told.c))
    return select(*told.c, *people, *reactions.c, *flags.c).select_from(joined)


_PLAIN = _visible().where(Reply.id == bindparam("id", type_=Uuid()))
_ONE = hot(_marked(_PLAIN))
_HOLD = held(_PLAIN, Annotation.organization_id, Annotation.journey_id)


@cache
def _list(paged: bool) -> Hot:
    page = _visible().where(Reply.annotation_id == bindparam("annotation_id", type_=Uuid()))
    if paged:
        page = page.where(Reply.id > bindparam("after", type_=Uuid()))
    oldest = page.order_by(Reply.id).limit(bindparam("limit"))
    return hot(_marked(oldest).order_by(text("id")))


async def list_replies(
    tx: Transaction, actor: Actor, annotation_id: UUID, page: PageRequest
) -> Page:
    """A page of replies, oldest first; NotFound when the actor may not see the annotation."""
    bound = binding("replies", {"annotation": annotation_id})
    after = decode_id(bound, page.cursor)
    given = {"annotation_id": annotation_id, "limit": page.limit + 1}
    if after is not None:
        given["after"] = after
    rows = await tx.rows(_list(after is not None), **reader(actor), **given)
    if not rows and not await sees(tx, actor, annotation_id):
        raise NotFound
    return cut_by_id(rows, page.limit, bound)


async def reply(tx: Transaction, actor: Actor, reply_id: UUID) -> Row:
    """One reply, whatever its status; NotFound when the actor may not see its annotation."""
    row = await tx.row(_ONE, id=reply_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def hold_reply(tx: Transaction, actor: Actor, reply_id: UUID) -> tuple[Locked, Row]:
    """Hold a reply's journey and find it; NotFound when the actor may not see its annotation."""
    return await hold(tx, _HOLD, _ONE, id=reply_id, **reader(actor))
