"""What an annotation said before: its revisions, as far as the reader may see them."""

import json
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.models.records.ledger import Entry, Revision
from domain.queries.page import Page, PageRequest, binding, cut, decode, refused
from domain.queries.voices.annotations import annotation
from domain.queries.voices.standing import withheld
from domain.roles import LEADERS
from domain.words import Visibility


@cache
def _list(paged: bool) -> Hot:
    statement = (
        select(Revision.version, Revision.content, Entry.verb, Entry.at, Entry.actor_id)
        .join(
            Entry,
            (Entry.organization_id == Revision.organization_id)
            & (Entry.stream_id == Revision.stream_id)
            & (Entry.revision == Revision.revision),
        )
        .where(
            Revision.organization_id == bindparam("organization_id"),
            Revision.subject_id == bindparam("annotation_id"),
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
    bound = binding("annotation_revisions", {"annotation": annotation_id})
    given: dict[str, Any] = {"limit": page.limit + 1, "annotation_id": annotation_id}
    after = decode(bound, page.cursor, 1)
    if after is not None:
        given["after"] = _version(after[0])
    statement = _list(after is not None)
    rows = await tx.rows(statement, organization_id=actor.organization_id, **given)
    return now, cut(rows, page.limit, bound, lambda row: [str(row["version"])])


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


def _was_for(told: dict[str, Any], now: Row, actor: Actor) -> bool:
    visibility = told["visibility"]
    return (
        now["mine"]
        or visibility == Visibility.EVERYONE
        or (visibility == Visibility.MY_GROUP and told["author_group"] == actor.group)
        or (visibility == Visibility.LEADERSHIP and actor.group in LEADERS)
    )
