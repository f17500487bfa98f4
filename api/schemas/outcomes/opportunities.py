"""Opportunities on the wire."""

from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from api.schemas.base import (
    Body,
    Count,
    Instant,
    Line,
    Name,
    Reply,
    Text,
    Version,
    present,
    without,
)
from api.schemas.outcomes.scores import OpportunityScore, opportunity_score
from domain.actor import Actor
from domain.database import Row
from domain.queries.outcomes.ballots import by_group
from domain.queries.outcomes.matrices import estimate
from domain.queries.outcomes.opportunities import may_with
from domain.queries.page import Page
from domain.results import Benefit, OpportunityStatus, Quadrant, ScoringModel
from domain.roles import Group
from domain.rules.opportunities import quadrant
from domain.words import SubjectKind

OneToFive = Annotated[int, Meta(ge=1, le=5)]
Benefits = Annotated[list[Benefit], Meta(max_length=len(Benefit))]
Sources = Annotated[
    list[UUID],
    Meta(
        max_length=50,
        description="Ids of what it follows from: annotations, findings, moments, touchpoints.",
    ),
]


class OpportunityNew(Body):
    """A problem restated as something to gain. A draft is not voted on before it is opened."""

    title: Name
    statement: Text = ""
    success_sign: Annotated[Text, Meta(description="By what one will see that it worked.")] = ""
    benefits: Benefits = field(default_factory=list)
    customer_value: OneToFive | None = None
    business_value: OneToFive | None = None
    effort: OneToFive | None = None
    touchpoint_id: UUID | None = None
    draft: bool = False
    from_: Sources = field(default_factory=list, name="from")


class OpportunityPatch(Body):
    """What to change of an opportunity."""

    title: Name | UnsetType = UNSET
    statement: Text | UnsetType = UNSET
    success_sign: Text | UnsetType = UNSET
    benefits: Benefits | UnsetType = UNSET
    customer_value: OneToFive | UnsetType | None = UNSET
    business_value: OneToFive | UnsetType | None = UNSET
    effort: OneToFive | UnsetType | None = UNSET
    touchpoint_id: UUID | UnsetType | None = UNSET


class OpportunityMove(Body):
    """Where it goes. Declining takes a note."""

    to: OpportunityStatus
    note: Line = ""


class OpportunityMerge(Body):
    """The opportunity of the same journey that it becomes part of."""

    into_id: UUID


class OpportunityVotesByGroup(Reply):
    """Voters by the group they stood in when they voted."""

    frontline_staff: Count
    support_staff: Count
    decision_maker: Count
    executive: Count


class OpportunityVotes(Reply):
    """Who voted, each member once, also for what was merged into it; `mine`: you did."""

    count: Count
    by_group: OpportunityVotesByGroup
    mine: bool


class FollowedFrom(Reply):
    """Something that it follows from."""

    id: UUID
    kind: SubjectKind


class Opportunity(Reply):
    """A problem restated as something to gain.

    `quadrant`: from 3 on, the mean of the two values and the effort count as high; null while one
    of the three is missing. `sources` are those you may see. `actions` is how many there are.
    `may` names what you may do with it now.
    """

    id: UUID
    journey_id: UUID
    journey_title: str
    touchpoint_id: UUID | None
    touchpoint_name: str | None
    version: Version
    status: OpportunityStatus
    status_note: str
    moved_by: UUID | None
    merged_into_id: UUID | None
    title: str
    statement: str
    success_sign: str
    benefits: list[Benefit]
    customer_value: OneToFive | None
    business_value: OneToFive | None
    effort: OneToFive | None
    quadrant: Quadrant | None
    score: OpportunityScore
    votes: OpportunityVotes
    sources: list[FollowedFrom]
    actions: Count
    author_id: UUID
    author_group: Group
    created_at: Instant
    updated_at: Instant
    may: list[str]


class OpportunityPage(Reply):
    """Opportunities, newest first or highest score first."""

    items: list[Opportunity]
    next_cursor: str | None


def votes(row: Row) -> OpportunityVotes:
    """The votes of a row."""
    counts = {group.value: n for group, n in by_group(row).items()}
    return OpportunityVotes(
        count=sum(counts.values()),
        by_group=OpportunityVotesByGroup(**counts),
        mine=row["my_vote"],
    )


def followed_from(row: Row) -> list[FollowedFrom]:
    """What a row follows from."""
    pairs = zip(row["from_ids"] or (), row["from_kinds"] or (), strict=True)
    return [FollowedFrom(id=one, kind=SubjectKind(kind)) for one, kind in pairs]


def opportunity(
    row: Row, actor: Actor, model: ScoringModel = ScoringModel.VALUE_FOR_EFFORT
) -> Opportunity:
    """One opportunity as this reader sees it, scored under a model."""
    its = estimate(row)
    return present(
        Opportunity,
        row,
        quadrant=quadrant(its),
        score=opportunity_score(model, its),
        votes=votes(row),
        sources=followed_from(row),
        may=may_with(row, actor),
    )


def opportunity_page(page: Page, actor: Actor, model: ScoringModel | None) -> OpportunityPage:
    """A page of opportunities as this reader sees them."""
    order = model or ScoringModel.VALUE_FOR_EFFORT
    items = [opportunity(row, actor, order) for row in page.rows]
    return OpportunityPage(items=items, next_cursor=page.next_cursor)


def new_fields(body: OpportunityNew) -> dict[str, Any]:
    """What a new opportunity says, as the domain stores it."""
    status = OpportunityStatus.DRAFT if body.draft else OpportunityStatus.OPEN
    return {**without(body, "from_", "draft"), "status": status.value}


def pointed(sources: list[UUID]) -> dict[UUID, str]:
    """The sources of a body, each with where it stands there."""
    return {one: f"#/from/{place}" for place, one in enumerate(sources)}
