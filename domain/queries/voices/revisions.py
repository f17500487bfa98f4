"""What an annotation said before: its revisions, as far as the reader may see them."""

import json
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.models.records.ledger import Entry, Revision
from domain.queries.page import Page, PageRequest, binding, cut, decode, refused
from domain.queries.voices.annotations import annotation
from domain.queries.voices.replies import reply
from domain.queries.voices.reply_standing import told_of_reply
from domain.queries.voices.standing import withheld
from domain.roles import LEADERS
from domain.words import Visibility

_Thread = aliased(Revision, name="thread")


def _thread_then() -> Any:
    """What the annotation with this id was when a revision was made."""
    return (
        select(_Thread.content)
        .where(
            _Thread.organization_id == Revision.organization_id,
            _Thread.subject_id == bindparam("annotation_id", type_=Uuid()),
            _Thread.revision <= Revision.revision,
        )
        .order_by(_Thread.version.desc())
        .limit(1)
        .scalar_subquery()
    )


@cache
def _list(paged: bool) -> Hot:
    statement = (
        select(
            Revision.version,
            Revision.content,
            Entry.verb,
            Entry.at,
            Entry.actor_id,
            _thread_then().label("thread_content"),
        )
        .join(
            Entry,
            (Entry.organization_id == Revision.organization_id)
            & (Entry.stream_id == Revision.stream_id)
            & (Entry.revision == Revision.revision),
        )
        .where(
            Revision.organization_id == bindparam("organization_id"),
            Revision.subject_id == bindparam("subject_id", type_=Uuid()),
        )
    )
    if paged:
        statement = statement.where(Revision.version > bindparam("after"))
    return hot(statement.order_by(Revision.version).limit(bindparam("limit")))


async def list_revisions(
    tx: Transaction, actor: Actor, annotation_id: UUID, page: PageRequest
) -> tuple[Row, Page]:
    """The annotation as it is now, and a page of what it was, oldest first."""
    now = await annotation(tx, actor, annotation_id)
    return now, await _page(tx, actor, annotation_id, annotation_id, page)


async def list_reply_revisions(
    tx: Transaction, actor: Actor, reply_id: UUID, page: PageRequest
) -> tuple[Row, Page]:
    """The same for a reply."""
    now = await reply(tx, actor, reply_id)
    return now, await _page(tx, actor, reply_id, now["annotation_id"], page)


async def _page(
    tx: Transaction, actor: Actor, subject_id: UUID, annotation_id: UUID, page: PageRequest
) -> Page:
    bound = binding("voice_revisions", {"subject": subject_id})
    given: dict[str, Any] = {"subject_id": subject_id, "annotation_id": annotation_id}
    after = decode(bound, page.cursor, 1)
    if after is not None:
        given["after"] = _version(after[0])
    given |= {"organization_id": actor.organization_id, "limit": page.limit + 1}
    rows = await tx.rows(_list(after is not None), **given)
    return cut(rows, page.limit, bound, lambda row: [str(row["version"])])


def _version(told: str) -> int:
    if not told.isdecimal() or len(told) > 9:
        raise refused()
    return int(told)


def content_for(revision: Row, now: Row, actor: Actor) -> dict[str, Any]:
    """What a revision says: nothing once erased, and no words that were not for the reader then.

    Whoever widens who may see an annotation shows what it says now, not what it said before.
    """
    told: dict[str, Any] = json.loads(revision["content"] or "{}")
    if told and (withheld(now) or not _was_for(told, now, actor)):
        told["body"] = None
    return told


def words_then(revision: Row, now: Row, actor: Actor) -> str | None:
    """What a revision of a reply says: no words that are not, or were not, for the reader."""
    told: dict[str, Any] = json.loads(revision["content"] or "{}")
    thread: dict[str, Any] = json.loads(revision["thread_content"] or "{}")
    taken_back = told_of_reply(now, actor)["body"] is None
    if not now["mine"] and (taken_back or not thread or not _was_for(thread, now, actor)):
        return None
    return told.get("body")


def _was_for(told: dict[str, Any], now: Row, actor: Actor) -> bool:
    visibility = told["visibility"]
    return (
        now["mine"]
        or visibility == Visibility.EVERYONE
        or (visibility == Visibility.MY_GROUP and told["author_group"] == actor.group)
        or (visibility == Visibility.LEADERSHIP and actor.group in LEADERS)
    )
