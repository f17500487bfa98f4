"""Replies on the wire."""

from uuid import UUID

from msgspec import UNSET, UnsetType

from api.schemas.base import Body, Instant, Line, Reply, Version, present
from api.schemas.voices.annotations import Words
from api.schemas.voices.words import Mentions, as_written, html, mentions
from domain.actor import Actor
from domain.database import Row
from domain.queries.page import Page
from domain.roles import Group
from domain.services.voices.replies import Answered
from domain.talk import Voice


class ThreadReplyNew(Body):
    """An answer in a thread.

    With `voice` `group`, where the journey allows it, others see which group says it and not who.
    In a thread you began so, that is what an answer without `voice` is.
    """

    body: Words
    voice: Voice | UnsetType = UNSET
    attributed_to: Line = ""


class ThreadReply(Reply):
    """An answer in a thread; `body` is null once its author was erased.

    `body_html` is the body as HTML that is safe to show. With the voice of the group nobody is told
    who wrote it, and the author fields say where they stand; `mine` tells you that it was you.
    """

    id: UUID
    annotation_id: UUID
    journey_id: UUID
    version: Version
    body: str | None
    body_html: str | None
    mentions: Mentions
    voice: Voice
    author_id: UUID | None
    author_name: str | None
    author_title: str | None
    author_group: Group
    author_department_id: UUID | None
    author_department_name: str | None
    attributed_to: str
    mine: bool
    created_at: Instant


class ThreadReplyPage(Reply):
    """Replies, oldest first."""

    items: list[ThreadReply]
    next_cursor: str | None


def reply_page(page: Page) -> ThreadReplyPage:
    """A page of replies."""
    items = [thread_reply(row) for row in page.rows]
    return ThreadReplyPage(items=items, next_cursor=page.next_cursor)


def thread_reply(row: Row) -> ThreadReply:
    """One reply as this reader sees it."""
    body, mentioned = row["body"], mentions(row["mentions"])
    return present(ThreadReply, row, body_html=html(body, mentioned), mentions=mentioned)


def new_reply(answered: Answered, actor: Actor) -> ThreadReply:
    """What was answered a moment ago, to its author."""
    return present(
        ThreadReply,
        answered.reply,
        **as_written(answered.reply, answered.names, actor),
    )
