"""Playbooks on the wire."""

from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from api.schemas.base import Body, Instant, Name, Reply, Statements, Text, Version, changes, present
from domain.actor import Actor
from domain.database import Row
from domain.duties import PlaybookStatus, RecoveryKind
from domain.queries.accountability.playbooks import may_with
from domain.queries.page import Page
from domain.roles import Group

Amount = Annotated[
    int,
    Meta(
        ge=0,
        le=1_000_000_000_000,
        description="In minor units of the currency: 2000 of USD are 20 dollars.",
    ),
]
Currency = Annotated[
    str, Meta(pattern=r"^[A-Z]{3}$(?!\n)", description="A currency after ISO 4217, such as EUR.")
]


class PlaybookNew(Body):
    """How to recover a moment when the exact wish cannot be met, step by step."""

    title: Name
    recovery_kind: RecoveryKind
    situation: Text = ""
    steps: Statements = field(default_factory=list)


class PlaybookPatch(Body):
    """What to change of one's own draft."""

    title: Name | UnsetType = UNSET
    recovery_kind: RecoveryKind | UnsetType = UNSET
    situation: Text | UnsetType = UNSET
    steps: Statements | UnsetType = UNSET


class LimitsNew(Body):
    """What each group may spend on one use without asking; absent keeps, null is nothing."""

    frontline_staff: Amount | UnsetType | None = UNSET
    support_staff: Amount | UnsetType | None = UNSET
    decision_maker: Amount | UnsetType | None = UNSET
    executive: Amount | UnsetType | None = UNSET


class PlaybookApproval(Body):
    """The limits that come with an approval; those of a replaced playbook go on unless changed."""

    currency: Currency | UnsetType = UNSET
    limits: LimitsNew | UnsetType = UNSET


class PlaybookLimits(Reply):
    """What each group may spend on one use without asking; null is nothing."""

    frontline_staff: Amount | None
    support_staff: Amount | None
    decision_maker: Amount | None
    executive: Amount | None


class Playbook(Reply):
    """How to recover a moment, and how much each group may spend on it without asking.

    `replaces_id` is the approved playbook that this one is to supersede, or has superseded.
    `may` names what you may do with it now; `use_playbook` is for use up to your group's limit.
    """

    id: UUID
    journey_id: UUID
    touchpoint_id: UUID
    touchpoint_name: str
    moment_id: UUID
    version: Version
    status: PlaybookStatus
    title: str
    situation: str
    steps: list[str]
    recovery_kind: RecoveryKind
    currency: str
    limits: PlaybookLimits
    replaces_id: UUID | None
    created_by: UUID
    created_at: Instant
    updated_at: Instant
    approved_by: UUID | None
    approved_at: Instant | None
    may: list[str]


class PlaybookPage(Reply):
    """Playbooks of a moment, newest first."""

    items: list[Playbook]
    next_cursor: str | None


def terms(body: PlaybookApproval) -> dict[str, Any]:
    """Currency and limits as the domain stores them."""
    given = {} if isinstance(body.limits, UnsetType) else changes(body.limits)
    told = {f"limit_{group}": amount for group, amount in given.items()}
    return told if isinstance(body.currency, UnsetType) else {"currency": body.currency, **told}


def playbook(row: Row, actor: Actor) -> Playbook:
    """One playbook as this reader sees it."""
    limits = PlaybookLimits(**{group.value: row[f"limit_{group.value}"] for group in Group})
    return present(Playbook, row, limits=limits, may=may_with(row, actor))


def playbook_page(page: Page, actor: Actor) -> PlaybookPage:
    """A page of playbooks as this reader sees them."""
    items = [playbook(row, actor) for row in page.rows]
    return PlaybookPage(items=items, next_cursor=page.next_cursor)
