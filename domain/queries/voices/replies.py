"""The replies of a thread: whoever sees the annotation sees them."""

from functools import cache
from uuid import UUID

from sqlalchemy import Uuid, bindparam

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.errors import NotFound
from domain.models.voices.annotations import Annotation
from domain.models.voices.replies import Reply
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ORGANIZATION, reader
from domain.queries.voices.annotations import among_visible, sees
from domain.queries.voices.people import author_card, mentions
from domain.queries.voices.visibility import mine


@cache
def _list(paged: bool) -> Hot:
    told = (*author_card(Reply), mentions(Reply), mine(Reply).label("mine"))
    statement = (
        among_visible(*Reply.__table__.c, *told)
        .join(
            Reply,
            (Reply.organization_id == Annotation.organization_id)
            & (Reply.annotation_id == Annotation.id),
        )
        .where(
            Reply.organization_id == ORGANIZATION,
            Reply.annotation_id == bindparam("annotation_id", type_=Uuid()),
        )
    )
    if paged:
        statement = statement.where(Reply.id > bindparam("after", type_=Uuid()))
    return hot(statement.order_by(Reply.id).limit(bindparam("limit")))


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
