"""Journeys on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from api.schemas.base import (
    Body,
    Count,
    Instant,
    Line,
    Name,
    Reply,
    Statements,
    Text,
    Version,
    changes,
    present,
)
from domain.actor import Actor
from domain.clock import now
from domain.database import Row
from domain.errors import FieldError, Malformed
from domain.queries.maps.journeys import may_with
from domain.queries.page import Page
from domain.rules.staleness import Staleness, staleness
from domain.rules.templates import Template
from domain.words import Focus, JourneyState, JourneyStatus, Scale

Personas = Annotated[list[UUID], Meta(max_length=50)]
Days = Annotated[int, Meta(ge=1, le=3650)]
Reason = Annotated[str, Meta(max_length=1_000)]
TemplateName = Annotated[
    str,
    Meta(
        max_length=36,
        description=(
            "`eight_stage`, `three_stage`, `support`, `blank`, or the id of a journey you can see:"
            " its stages, lanes, cells, touchpoints and emotions are copied, not what was said."
        ),
    ),
]


class JourneyNew(Body):
    """A journey to begin. You own it; it is a draft until you move it on.

    Without `focus` it takes the one that suits the template. `group_voice` lets members speak for
    their group instead of by name: `annotate` says what that hides and what it does not.
    """

    title: Name
    template: TemplateName = Template.BLANK.value
    description: Text = ""
    state: JourneyState = JourneyState.CURRENT
    focus: Focus | UnsetType = UNSET
    scope_start: Line = ""
    scope_end: Line = ""
    scale: Scale = Scale.MACRO
    sector: Line = ""
    customer_type: Line = ""
    objective: Text = ""
    success_criteria: Statements = field(default_factory=list)
    attribution: Text = ""
    department_id: UUID | None = None
    persona_ids: Personas = field(default_factory=list)
    restricted: bool = False
    group_voice: bool = False
    review_every_days: Days | None = None


class JourneyPatch(Body):
    """What to change of a journey; a list is replaced as a whole. The owner sets `restricted`."""

    title: Name | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    state: JourneyState | UnsetType = UNSET
    focus: Focus | UnsetType = UNSET
    scope_start: Line | UnsetType = UNSET
    scope_end: Line | UnsetType = UNSET
    scale: Scale | UnsetType = UNSET
    sector: Line | UnsetType = UNSET
    customer_type: Line | UnsetType = UNSET
    objective: Text | UnsetType = UNSET
    success_criteria: Statements | UnsetType = UNSET
    attribution: Text | UnsetType = UNSET
    department_id: UUID | UnsetType | None = UNSET
    persona_ids: Personas | UnsetType = UNSET
    restricted: bool | UnsetType = UNSET
    group_voice: bool | UnsetType = UNSET
    review_every_days: Days | UnsetType | None = UNSET
    reviewed_at: Instant | UnsetType | None = UNSET


class JourneyMove(Body):
    """Where the status goes, and why."""

    to: JourneyStatus
    reason: Reason = ""


class JourneyTransfer(Body):
    """Who is to own the journey."""

    member_id: UUID


class Journey(Reply):
    """A journey map, without what stands on it.

    `status_before` is what an archived journey was. `reviewed_at` is when it was last approved or
    looked through; `review_every_days` how often that should happen, `next_review_at` when next: it
    is `stale` from then on. With `group_voice` members may speak for their group instead of by
    name. `may` names what you may do. `future_of_id`: the current journey it was drawn from;
    `future_ids`: the futures drawn from it that you can see.
    """

    id: UUID
    version: Version
    title: str
    description: str
    state: JourneyState
    focus: Focus
    scope_start: str
    scope_end: str
    scale: Scale
    sector: str
    customer_type: str
    objective: str
    success_criteria: list[str]
    attribution: str
    department_id: UUID | None
    persona_ids: list[UUID]
    status: JourneyStatus
    status_before: JourneyStatus | None
    status_reason: str
    restricted: bool
    group_voice: bool
    locked_at: Instant | None
    locked_by: UUID | None
    owner_id: UUID
    grant_count: Count
    review_every_days: int | None
    reviewed_at: Instant | None
    next_review_at: Instant | None
    stale: bool
    future_of_id: UUID | None
    future_ids: list[UUID]
    created_by: UUID
    created_at: Instant
    updated_at: Instant
    may: list[str]


class JourneyOwner(Reply):
    """A journey by its title and owner only."""

    id: UUID
    version: Version
    title: str
    owner_id: UUID


class JourneyOwnerPage(Reply):
    """Journeys by title and owner only, oldest first."""

    items: list[JourneyOwner]
    next_cursor: str | None


def journey(row: Row, actor: Actor) -> Journey:
    """One journey as this reader sees it."""
    age = age_of(row)
    return present(
        Journey, row, next_review_at=age.next_review_at, stale=age.stale, may=may_with(row, actor)
    )


def age_of(row: Row, changed_at: datetime | None = None) -> Staleness:
    """How stale a journey is; `changed_at` is the last change of its map, if that is asked."""
    return staleness(
        changed_at=changed_at or row["updated_at"],
        reviewed_at=row["reviewed_at"] or row["created_at"],
        review_every_days=row["review_every_days"],
        now=now(),
    )


def journey_owner_page(page: Page) -> JourneyOwnerPage:
    """A page of journeys by title and owner."""
    items = [present(JourneyOwner, row) for row in page.rows]
    return JourneyOwnerPage(items=items, next_cursor=page.next_cursor)


def fields_of(body: JourneyNew) -> dict[str, object]:
    """The journey's own fields."""
    told = changes(body)
    return {n: value for n, value in told.items() if n not in ("template", "persona_ids")}


def template_of(body: JourneyNew) -> Template | UUID:
    """The template that is meant; Malformed when it is neither a name of one nor an id."""
    try:
        return Template(body.template)
    except ValueError:
        pass
    try:
        return UUID(body.template)
    except ValueError:
        names = ", ".join(template.value for template in Template)
        detail = f"Choose one of {names}, or the id of a journey."
        fault = FieldError(detail, "unknown_template", "#/template")
        raise Malformed(detail, code="unknown_template", errors=[fault]) from None
