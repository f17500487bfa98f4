"""Moments of truth on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from api.schemas.base import Body, Instant, Reply, Text, Version, present
from domain.actor import Actor
from domain.database import Row
from domain.queries.moments.moments import may_with
from domain.queries.page import Page
from domain.words import MomentStatus

CustomersPerMonth = Annotated[
    int,
    Meta(ge=0, le=2_000_000_000, description="How many pass here; null for the touchpoint's own."),
]
ValueAtRisk = Annotated[
    int,
    Meta(
        ge=0,
        le=1_000_000_000_000,
        description="Per month, in minor units of `value_currency`, such as cents.",
    ),
]
Currency = Annotated[
    str, Meta(pattern=r"^[A-Z]{3}$(?!\n)", description="ISO 4217.", examples=["USD"])
]
Labels = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]], Meta(max_length=20)
]


class MomentNew(Body):
    """Why a touchpoint is decisive. Saying what is at stake takes the right to state stakes."""

    rationale: Text = ""
    stakes: Text = ""
    customers_per_month: CustomersPerMonth | None = None
    value_at_risk: ValueAtRisk | None = None
    value_currency: Currency = "USD"
    likely_emotions: Labels = field(default_factory=list)
    triggers: Labels = field(default_factory=list)


class MomentPatch(Body):
    """What to change of a moment."""

    rationale: Text | UnsetType = UNSET
    stakes: Text | UnsetType = UNSET
    customers_per_month: CustomersPerMonth | UnsetType | None = UNSET
    value_at_risk: ValueAtRisk | UnsetType | None = UNSET
    value_currency: Currency | UnsetType = UNSET
    likely_emotions: Labels | UnsetType = UNSET
    triggers: Labels | UnsetType = UNSET


class MomentRetirement(Body):
    """Why a moment is decisive no more."""

    reason: Annotated[str, Meta(min_length=1, max_length=10_000, pattern=r"\S")]


class Moment(Reply):
    """A touchpoint declared decisive: its stakes, likely emotions and triggers.

    `may` names what you may do with it now.
    """

    id: UUID
    journey_id: UUID
    journey_title: str
    stage_id: UUID
    touchpoint_id: UUID
    touchpoint_name: str
    version: Version
    status: MomentStatus
    rationale: str
    stakes: str
    customers_per_month: CustomersPerMonth | None
    value_at_risk: ValueAtRisk | None
    value_currency: Currency
    likely_emotions: list[str]
    triggers: list[str]
    created_by: UUID
    created_at: Instant
    updated_at: Instant
    confirmed_by: UUID | None
    confirmed_at: Instant | None
    retired_by: UUID | None
    retired_at: Instant | None
    retirement_reason: str
    may: list[str]


class MomentPage(Reply):
    """Moments, newest first."""

    items: list[Moment]
    next_cursor: str | None


def moment(row: Row, actor: Actor) -> Moment:
    """One moment as this reader sees it."""
    return present(Moment, row, may=may_with(row, actor))


def moment_page(page: Page, actor: Actor) -> MomentPage:
    """A page of moments as this reader sees them."""
    return MomentPage(items=[moment(row, actor) for row in page.rows], next_cursor=page.next_cursor)
