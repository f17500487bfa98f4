"""Annotations on the wire."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from api.schemas.base import Body, Count, Instant, Line, Reply, Version, present
from api.schemas.voices.anchors import Anchor, anchor
from api.schemas.voices.reactions import ReactionCount, reaction_counts
from api.schemas.voices.words import (
    NOBODY,
    LastReply,
    Mentions,
    as_written,
    html,
    last_replies,
    mentions,
)
from domain.actor import Actor
from domain.database import Row
from domain.queries.page import Page
from domain.queries.voices.standing import body_for, may_at, may_with
from domain.roles import Group, Relation
from domain.services.voices.annotations import Said
from domain.talk import Voice, WorkStatus
from domain.words import AnnotationKind, AnnotationStatus, Resolution, Visibility

Words = Annotated[str, Meta(min_length=1, max_length=10_000, pattern=r"\S")]


class AnnotationNew(Body):
    """What a member says about a journey, stage, lane, cell, touchpoint, emotion, moment, persona.

    A persona is on many journeys: `journey_id` says in which one it is spoken about. With `voice`
    `group`, where the journey allows it, others see which group says it and not who.
    """

    subject_id: UUID
    kind: AnnotationKind
    body: Words
    visibility: Visibility = Visibility.EVERYONE
    voice: Voice = Voice.MEMBER
    attributed_to: Line = ""
    journey_id: UUID | None = None


class AnnotationPatch(Body):
    """What to say instead. Whoever sees it now does not see what it said to fewer people."""

    body: Words | UnsetType = UNSET
    kind: AnnotationKind | UnsetType = UNSET
    visibility: Visibility | UnsetType = UNSET


class Annotation(Reply):
    """What a member said, and the thread that hangs on it.

    It is `orphaned` while its subject is removed, itself or with what it stands on; an editor may
    give it another one (`reanchorAnnotation`), and `anchored_from_id` then is the first.
    It is `unread` while others wrote something here after you last looked, wrote or joined.

    `body` is null when it was withdrawn and is not yours, or when its author was erased;
    `body_html` is the same as HTML that is safe to show. With the voice of the group nobody is told
    who wrote it, and the author fields say where they stand; `mine` tells you that it was you.
    `last_replies` are the last three, oldest first. `closed_as` is the resolution, null while open.
    `open_flags` is for those who moderate, null for everybody else. `may` names what you may do
    with it now; `hide_annotation` on a hidden one means showing it again.
    """

    id: UUID
    journey_id: UUID
    subject_id: UUID
    touchpoint_id: UUID | None
    orphaned: bool
    anchor: Anchor
    anchored_from_id: UUID | None
    version: Version
    kind: AnnotationKind
    body: str | None
    body_html: str | None
    mentions: Mentions
    visibility: Visibility
    status: AnnotationStatus
    voice: Voice
    author_id: UUID | None
    author_name: str | None
    author_title: str | None
    author_group: Group
    author_department_id: UUID | None
    author_department_name: str | None
    attributed_to: str
    mine: bool
    assignee_id: UUID | None
    due_on: date | None
    work_status: WorkStatus
    resolution: Resolution | None
    closed_as: Resolution | None
    resolution_note: str
    duplicate_of_id: UUID | None
    resolved_by: UUID | None
    resolved_at: Instant | None
    withdrawn_at: Instant | None
    hidden_at: Instant | None
    hidden_by: UUID | None
    hidden_reason: str
    created_at: Instant
    edited_at: Instant | None
    reply_count: Count
    last_replies: list[LastReply]
    support_count: Count
    supported_by_me: bool
    unread: bool
    reactions: list[ReactionCount]
    open_flags: Count | None
    may: list[str]


class AnnotationPage(Reply):
    """Annotations, newest first."""

    items: list[Annotation]
    next_cursor: str | None


def annotation(row: Row, actor: Actor) -> Annotation:
    """One annotation as this reader sees it."""
    body = body_for(row)
    mentioned = mentions(row["mentions"]) if body is not None else NOBODY
    return present(
        Annotation,
        row,
        anchor=anchor(row),
        body=body,
        body_html=html(body, mentioned),
        mentions=mentioned,
        closed_as=row["resolution"],
        last_replies=last_replies(row["last_replies"]),
        reactions=reaction_counts(row["reactions"]),
        may=may_with(row, actor),
    )


def annotation_page(page: Page, actor: Actor) -> AnnotationPage:
    """A page of annotations as this reader sees them."""
    items = [annotation(row, actor) for row in page.rows]
    return AnnotationPage(items=items, next_cursor=page.next_cursor)


def new_annotation(said: Said, actor: Actor) -> Annotation:
    """What was said a moment ago, to its author: nobody can have answered yet."""
    return present(
        Annotation,
        said.annotation,
        orphaned=False,
        unread=False,
        anchor=anchor(said.anchor),
        **as_written(said.annotation, said.names, actor),
        status=AnnotationStatus.OPEN,
        closed_as=None,
        reply_count=0,
        last_replies=[],
        support_count=0,
        supported_by_me=False,
        reactions=[],
        open_flags=None,
        may=may_at(said.place, actor, AnnotationStatus.OPEN, (Relation.AUTHOR,), said.cover),
    )
