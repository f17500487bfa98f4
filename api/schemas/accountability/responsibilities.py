"""Responsibilities on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Body, Instant, Reply, Version, present
from domain.actor import Actor
from domain.database import Row
from domain.duties import ResponsibilityRole, ResponsibilityStatus
from domain.queries.accountability.responsibilities import may_with
from domain.queries.page import Page

Note = Annotated[str, Meta(max_length=2_000)]
Reason = Annotated[str, Meta(min_length=1, max_length=2_000, pattern=r"\S")]


class ResponsibilityNew(Body):
    """Who is to answer for a moment, and how: a member, or a department by its head.

    Accountable is one member at the most, never a department.
    """

    role: ResponsibilityRole
    member_id: UUID | None = None
    department_id: UUID | None = None
    note: Note = ""


class ResponsibilityRefusal(Body):
    """Why somebody will not answer for a moment; whoever assigned it reads it."""

    reason: Reason


class ResponsibilityEnd(Body):
    """Why somebody answers for a moment no longer."""

    reason: Reason


class Responsibility(Reply):
    """How a member or a department answers for a moment, or did; one of the two ids is null.

    Assigned is not accepted: `answer_by` says until when it is to be accepted or declined. `reason`
    is why it was declined or ended. `orphaned` is a live one for which nobody can act: the member
    is suspended or erased, the department removed or without an active head. `may` names what you
    may do with it now; `assign_responsibility` means ending it.
    """

    id: UUID
    journey_id: UUID
    journey_title: str
    stage_id: UUID
    touchpoint_id: UUID
    touchpoint_name: str
    moment_id: UUID
    version: Version
    role: ResponsibilityRole
    member_id: UUID | None
    department_id: UUID | None
    status: ResponsibilityStatus
    note: str
    answer_by: Instant | None
    answered_by: UUID | None
    answered_at: Instant | None
    ended_by: UUID | None
    ended_at: Instant | None
    reason: str
    handed_over_from: UUID | None
    orphaned: bool
    created_by: UUID
    created_at: Instant
    updated_at: Instant
    may: list[str]


class ResponsibilityPage(Reply):
    """Responsibilities, newest first."""

    items: list[Responsibility]
    next_cursor: str | None


def responsibility(row: Row, actor: Actor) -> Responsibility:
    """One responsibility as this reader sees it."""
    return present(Responsibility, row, may=may_with(row, actor))


def responsibility_page(page: Page, actor: Actor) -> ResponsibilityPage:
    """A page of responsibilities as this reader sees them."""
    items = [responsibility(row, actor) for row in page.rows]
    return ResponsibilityPage(items=items, next_cursor=page.next_cursor)
