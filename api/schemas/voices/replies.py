"""Replies on the wire."""

from uuid import UUID

from api.schemas.base import Body, Instant, Line, Reply, Version, present
from api.schemas.voices.annotations import Words
from domain.queries.page import Page
from domain.roles import Group


class ThreadReplyNew(Body):
    """An answer in a thread."""

    body: Words
    attributed_to: Line = ""


class ThreadReply(Reply):
    """An answer in a thread; `body` is null once its author was erased."""

    id: UUID
    annotation_id: UUID
    journey_id: UUID
    version: Version
    body: str | None
    author_id: UUID
    author_group: Group
    attributed_to: str
    created_at: Instant


class ThreadReplyPage(Reply):
    """Replies, oldest first."""

    items: list[ThreadReply]
    next_cursor: str | None


def reply_page(page: Page) -> ThreadReplyPage:
    """A page of replies."""
    items = [present(ThreadReply, row) for row in page.rows]
    return ThreadReplyPage(items=items, next_cursor=page.next_cursor)
