"""Actions on the wire."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from api.schemas.base import Body, Instant, Line, Name, Reply, Text, Version, present
from api.schemas.outcomes.opportunities import FollowedFrom, followed_from
from domain.actor import Actor
from domain.database import Row
from domain.queries.outcomes.actions import may_with
from domain.queries.page import Page
from domain.results import ActionKind, ActionStatus, OutcomeStatus

DueOn = Annotated[
    date,
    Meta(description="A day, at its end in the time zone of the organization."),
]
Sources = Annotated[
    list[UUID],
    Meta(
        max_length=50,
        description="Ids of what it follows from: annotations, findings, opportunities, moments,"
        " touchpoints.",
    ),
]


class ActionNew(Body):
    """Concrete work. Without `owner_id` it is yours.

    Without `touchpoint_id` it is at the touchpoint of the moment or opportunity it names.
    """

    title: Name
    kind: ActionKind
    description: Text = ""
    process: Annotated[Line, Meta(description="The process it touches.")] = ""
    owner_id: UUID | None = None
    department_id: UUID | None = None
    due_on: DueOn | None = None
    opportunity_id: UUID | None = None
    moment_id: UUID | None = None
    touchpoint_id: UUID | None = None
    from_: Sources = field(default_factory=list, name="from")


class ActionPatch(Body):
    """What to change of an action. Another `owner_id` hands it over."""

    title: Name | UnsetType = UNSET
    kind: ActionKind | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    process: Line | UnsetType = UNSET
    owner_id: UUID | UnsetType = UNSET
    department_id: UUID | UnsetType | None = UNSET
    due_on: DueOn | UnsetType | None = UNSET
    opportunity_id: UUID | UnsetType | None = UNSET
    moment_id: UUID | UnsetType | None = UNSET
    touchpoint_id: UUID | UnsetType | None = UNSET


class ActionMove(Body):
    """How far it is. Blocking and dropping take a note."""

    to: ActionStatus
    note: Line = ""


class Waiver(Body):
    """Why an action may be done without showing what moved; it stands with your name."""

    reason: Annotated[str, Meta(min_length=1, max_length=10_000, pattern=r"\S")]


class Action(Reply):
    """Work somebody answers for.

    `done` takes a verified outcome or a waiver. `outcome_status` is null while none is recorded.
    `overdue`: its day is over, and it is planned, in progress or blocked still. `sources` are those
    you may see. `may` names what you may do with it and its outcome now.
    """

    id: UUID
    journey_id: UUID
    journey_title: str
    touchpoint_id: UUID | None
    touchpoint_name: str | None
    opportunity_id: UUID | None
    moment_id: UUID | None
    version: Version
    title: str
    description: str
    kind: ActionKind
    process: str
    owner_id: UUID
    department_id: UUID | None
    due_on: date | None
    overdue: bool
    status: ActionStatus
    status_note: str
    moved_by: UUID | None
    delivered_at: Instant | None
    done_at: Instant | None
    outcome_status: OutcomeStatus | None
    waived_by: UUID | None
    waived_at: Instant | None
    waiver_reason: str
    sources: list[FollowedFrom]
    created_by: UUID
    created_at: Instant
    updated_at: Instant
    may: list[str]


class ActionPage(Reply):
    """Actions, newest first."""

    items: list[Action]
    next_cursor: str | None


def action(row: Row, actor: Actor) -> Action:
    """One action as this reader sees it."""
    return present(Action, row, sources=followed_from(row), may=may_with(row, actor))


def action_page(page: Page, actor: Actor) -> ActionPage:
    """A page of actions as this reader sees them."""
    return ActionPage(items=[action(row, actor) for row in page.rows], next_cursor=page.next_cursor)
