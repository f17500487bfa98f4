"""Flags on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Body, Instant, Reply, Version, present
from domain.database import Row
from domain.queries.page import Page
from domain.talk import FlagOutcome, FlagReason, FlagStatus
from domain.words import SubjectKind


class FlagNew(Body):
    """Why a moderator should look at it. Flagging it again says so anew."""

    reason: FlagReason
    note: Annotated[str, Meta(max_length=2_000)] = ""


class Flag(Reply):
    """What a member asks moderators to look at: an annotation or a reply, `target_id`.

    Who raised it is told to nobody but those who moderate, who are not told of flags on their own
    words. `outcome` is null until it is settled.
    """

    id: UUID
    journey_id: UUID
    annotation_id: UUID
    target_id: UUID
    target_kind: SubjectKind
    version: Version
    member_id: UUID
    reason: FlagReason
    note: str
    status: FlagStatus
    outcome: FlagOutcome | None
    settled_by: UUID | None
    settled_at: Instant | None
    created_at: Instant


class FlagPage(Reply):
    """Flags, newest first."""

    items: list[Flag]
    next_cursor: str | None


def flag(row: Row) -> Flag:
    """One flag."""
    return present(Flag, row)


def flag_page(page: Page) -> FlagPage:
    """A page of flags."""
    return FlagPage(items=[flag(row) for row in page.rows], next_cursor=page.next_cursor)
