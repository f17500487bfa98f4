"""Replies on the wire."""

from uuid import UUID

from msgspec import UNSET, UnsetType

from api.schemas.base import Body, Count, Instant, Line, Reply, Version, present
from api.schemas.voices.annotations import Words
from api.schemas.voices.reactions import ReactionCount, reaction_counts
from api.schemas.voices.words import NOBODY, Mentions, as_written, html, mentions
from domain.actor import Actor
from domain.database import Row
from domain.queries.page import Page
from domain.queries.voices.reply_standing import may_with_reply, told_of_reply
from domain.roles import Group
from domain.services.voices.replies import Answered
from domain.talk import Voice
from domain.words import ReplyStatus


class ThreadReplyNew(Body):
    """An answer in a thread.

    With `voice` `group`, where the journey allows it, others see which group says it and not who.
    In a thread you began so, that is what an answer without `voice` is.
    """

    body: Words
    voice: Voice | UnsetType = UNSET
    attributed_to: Line = ""


class ThreadReplyPatch(Body):
    """What to answer instead."""

    body: Words


class ThreadReply(Reply):
    """An answer in a thread.

    `body` is null when it was withdrawn and is not yours, when it is hidden and you neither wrote
    it nor moderate, and once its author was erased; why it was hidden is told to the same readers.
    `body_html` is the body as HTML that is safe to show. With the voice of the group nobody is told
    who wrote it, and the author fields say where they stand; `mine` tells you that it was you.
    `open_flags` is for those who moderate, null for everybody else. `may` names what you may do
    with it now; `hide_annotation` on a hidden one means showing it again.
    """

    id: UUID
    annotation_id: UUID
    journey_id: UUID
    version: Version
    body: str | None
    body_html: str | None
    mentions: Mentions
    status: ReplyStatus
    voice: Voice
    author_id: UUID | None
    author_name: str | None
    author_title: str | None
    author_group: Group
    author_department_id: UUID | None
    author_department_name: str | None
    attributed_to: str
    mine: bool
    withdrawn_at: Instant | None
    hidden_at: Instant | None
    hidden_by: UUID | None
    hidden_reason: str
    created_at: Instant
    edited_at: Instant | None
    reactions: list[ReactionCount]
    open_flags: Count | None
    may: list[str]


class ThreadReplyPage(Reply):
    """Replies, oldest first."""

    items: list[ThreadReply]
    next_cursor: str | None


def reply_page(page: Page, actor: Actor) -> ThreadReplyPage:
    """A page of replies as this reader sees them."""
    items = [thread_reply(row, actor) for row in page.rows]
    return ThreadReplyPage(items=items, next_cursor=page.next_cursor)


def thread_reply(row: Row, actor: Actor) -> ThreadReply:
    """One reply as this reader sees it."""
    told = told_of_reply(row, actor)
    mentioned = mentions(row["mentions"]) if told["body"] is not None else NOBODY
    return present(
        ThreadReply,
        row,
        **told,
        body_html=html(told["body"], mentioned),
        mentions=mentioned,
        reactions=reaction_counts(row["reactions"]),
        may=may_with_reply(row, actor),
    )


def new_reply(answered: Answered, actor: Actor) -> ThreadReply:
    """What was answered a moment ago, to its author."""
    return present(
        ThreadReply,
        answered.reply,
        **as_written(answered.reply, answered.names, actor),
        status=ReplyStatus.SHOWN,
        reactions=[],
        open_flags=None,
        may=may_with_reply(answered.standing, actor),
    )
