"""Findings on the wire."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from api.schemas.base import Body, Count, Instant, Line, Reply, Version, changes, present
from api.schemas.findings.votes import Votes, votes
from domain.actor import Actor
from domain.database import Row
from domain.queries.findings.findings import may_with
from domain.queries.page import Page
from domain.results import (
    ExperienceKind,
    FindingKind,
    FindingStatus,
    InformationFault,
    Lacking,
    PainKind,
    Side,
)
from domain.roles import Group
from domain.rules.findings import drop_off_rate
from domain.words import ContactContext

Words = Annotated[str, Meta(min_length=1, max_length=10_000, pattern=r"\S")]
Grade = Annotated[int, Meta(ge=1, le=5, description="From 1, the least, to 5.")]
People = Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)]
Share = Annotated[float, Meta(ge=0, le=1)]
Sources = Annotated[
    list[UUID],
    Meta(
        max_length=20,
        description="What of this journey it follows from: annotations, findings, opportunities,"
        " moments or touchpoints. Each becomes one of its sources.",
    ),
]


class FindingNew(Body, kw_only=True):
    """What every finding says: in words, for which contact, and what it follows from."""

    text: Words
    contact_context: ContactContext = ContactContext.ANY
    from_: Sources = field(default_factory=list, name="from")


class PainPointNew(FindingNew, kw_only=True):
    """Where it hurts, the customer or the organization; how badly, and how often."""

    pain: PainKind
    side: Side = Side.CUSTOMER
    severity: Grade | None = None
    frequency: Grade | None = None


class RequirementNew(FindingNew, kw_only=True):
    """What the customer or the organization needs; `met` is null as long as nobody knows."""

    side: Side
    met: bool | None = None


class InformationGapNew(FindingNew, kw_only=True):
    """What somebody is not told, or told wrongly; `department_id` supplies it."""

    fault: InformationFault
    lacking: Lacking
    department_id: UUID | None = None


class ExperienceNew(FindingNew, kw_only=True):
    """How customers experience something, or what they value, be it there or not."""

    experience: ExperienceKind


class ObstacleNew(FindingNew, kw_only=True):
    """What in a department stands in the way, and what it blocks."""

    department_id: UUID | None = None
    blocks: Line = ""


class DropOffNew(FindingNew, kw_only=True):
    """How many leave here, where they go, and why: `text` is the reason.

    Of `entered` customers `left` did, counted by `source` from one day to another. `caused_by_id`
    is the finding that makes them leave.
    """

    entered: People | None = None
    left: People | None = None
    went_to: Line = ""
    source: Line = ""
    measured_from: date | None = None
    measured_to: date | None = None
    caused_by_id: UUID | None = None


class PromiseNew(FindingNew, kw_only=True):
    """What was promised; `department_id` created the expectation, `met` says whether it is kept."""

    department_id: UUID | None = None
    met: bool | None = None


class FindingPatch(Body):
    """What to say instead; only what findings of its kind say."""

    text: Words | UnsetType = UNSET
    contact_context: ContactContext | UnsetType = UNSET
    pain: PainKind | UnsetType = UNSET
    side: Side | UnsetType = UNSET
    severity: Grade | UnsetType | None = UNSET
    frequency: Grade | UnsetType | None = UNSET
    met: bool | UnsetType | None = UNSET
    fault: InformationFault | UnsetType = UNSET
    lacking: Lacking | UnsetType = UNSET
    experience: ExperienceKind | UnsetType = UNSET
    department_id: UUID | UnsetType | None = UNSET
    blocks: Line | UnsetType = UNSET
    entered: People | UnsetType | None = UNSET
    left: People | UnsetType | None = UNSET
    went_to: Line | UnsetType = UNSET
    source: Line | UnsetType = UNSET
    measured_from: date | UnsetType | None = UNSET
    measured_to: date | UnsetType | None = UNSET
    caused_by_id: UUID | UnsetType | None = UNSET


class Finding(Reply):
    """What was found at a touchpoint. Every field is there; those its kind has not are null.

    `drop_off_rate` is the share of those who entered that left, from 0 to 1. `source_count` counts
    what you may see of what it follows from. `may` names what you may do with it now.
    """

    id: UUID
    journey_id: UUID
    stage_id: UUID
    touchpoint_id: UUID
    touchpoint_name: str
    version: Version
    kind: FindingKind
    text: str
    status: FindingStatus
    status_note: str
    contact_context: ContactContext
    pain: PainKind | None
    side: Side | None
    severity: Grade | None
    frequency: Grade | None
    met: bool | None
    fault: InformationFault | None
    lacking: Lacking | None
    experience: ExperienceKind | None
    department_id: UUID | None
    blocks: str | None
    entered: People | None
    left: People | None
    drop_off_rate: Share | None
    went_to: str | None
    source: str | None
    measured_from: date | None
    measured_to: date | None
    caused_by_id: UUID | None
    merged_into_id: UUID | None
    author_id: UUID
    author_group: Group
    closed_by: UUID | None
    closed_at: Instant | None
    created_at: Instant
    updated_at: Instant
    votes: Votes
    evidence_count: Count
    attachment_count: Count
    source_count: Count
    may: list[str]


class FindingPage(Reply):
    """Findings, newest first."""

    items: list[Finding]
    next_cursor: str | None


def said(body: FindingNew | FindingPatch) -> dict[str, Any]:
    """What a body says, as the domain names it."""
    told = changes(body)
    told.pop("from_", None)
    if "left" in told:
        told["left_count"] = told.pop("left")
    return told


_OF_ONE_KIND = {
    "blocks": FindingKind.OBSTACLE,
    "went_to": FindingKind.DROP_OFF,
    "source": FindingKind.DROP_OFF,
}


def finding(row: Row, actor: Actor) -> Finding:
    """One finding as this reader sees it."""
    foreign = {name: None for name, kind in _OF_ONE_KIND.items() if row["kind"] != kind}
    return present(
        Finding,
        {**row, **foreign},
        left=row["left_count"],
        drop_off_rate=drop_off_rate(row["entered"], row["left_count"]),
        votes=votes(row["votes"]),
        may=may_with(row, actor),
    )


def finding_page(page: Page, actor: Actor) -> FindingPage:
    """A page of findings as this reader sees them."""
    items = [finding(row, actor) for row in page.rows]
    return FindingPage(items=items, next_cursor=page.next_cursor)
