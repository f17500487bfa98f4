"""The map on the wire: the same for everyone who may read the journey."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Count, Instant, Reply, Revision, Version
from api.schemas.maps.emotions import Emotion
from api.schemas.maps.lanes import Cell, Lane
from api.schemas.maps.stages import Stage
from api.schemas.maps.touchpoints import Touchpoint
from api.schemas.outcomes.summary import ActionSummary
from api.schemas.voices.aggregates import GroupRatings, Mean, PerceptionGap
from domain.duties import ResponsibilityStatus
from domain.rules.gaps import NO_RULES, Answered, Signed, gaps
from domain.rules.missing import Missing
from domain.words import Focus, JourneyState, JourneyStatus, MomentStatus, RankingModel, Scale


class Beside(StrEnum):
    """What may be asked for beside a touchpoint's own fields."""

    EMOTIONS = "emotions"
    THREADS = "threads"
    RATINGS = "ratings"
    MOMENT = "moment"
    CELLS = "cells"
    PROPOSALS_OPEN = "proposals_open"
    FINDINGS = "findings"
    OPPORTUNITIES_OPEN = "opportunities_open"
    ACTIONS = "actions"


class ThreadsByKind(Reply, gc=False):
    """How many threads there are of each kind."""

    comment: Count
    question: Count
    issue: Count
    idea: Count
    praise: Count
    evidence: Count
    obstacle: Count


class ThreadsByGroup(Reply, gc=False):
    """How many threads each group began."""

    frontline_staff: Count
    support_staff: Count
    decision_maker: Count
    executive: Count


class Threads(Reply, gc=False):
    """The threads that everyone may see; closed ones are resolved."""

    open: Count
    closed: Count
    by_kind: ThreadsByKind
    by_group: ThreadsByGroup
    last_activity_at: Instant | None


class FindingSummary(Reply, gc=False):
    """What was found here and is still open.

    `worst_severity` is of the pain points, null where none was graded. Requirements and promises
    count where they are known not to be met. `drop_off_rate` is the share of those who entered that
    left, from 0 to 1, as it was measured last; null where nobody measured it.
    """

    open_pain_points: Count
    worst_severity: Annotated[int, Meta(ge=1, le=5)] | None
    information_gaps: Count
    unmet_requirements: Count
    positive_experiences: Count
    negative_experiences: Count
    obstacles: Count
    broken_promises: Count
    drop_off_rate: Annotated[float, Meta(ge=0, le=1)] | None


class RatingSummary(Reply):
    """What the groups think of a touchpoint. `n` counts every member who gave a number."""

    n: Count
    groups: list[GroupRatings]
    widest_gap: PerceptionGap | None


class MomentAccountable(Reply):
    """Who is to be accountable for a moment; `accepted_at` is null until they accept.

    `active` is false while they are suspended.
    """

    responsibility_id: UUID
    member_id: UUID
    status: ResponsibilityStatus
    accepted_at: Instant | None
    active: bool


class MomentSignOffs(Reply):
    """How far the sign-off rules of a moment are met, added up over its rules.

    `stale` approvals were given to other content; `objections` ask for changes.
    """

    rules: Count
    required: Count
    given: Count
    stale: Count
    objections: Count
    satisfied: bool


class MomentPlaybooks(Reply):
    """How many playbooks a moment has."""

    approved: Count
    drafts: Count


class MomentSummary(Reply):
    """The moment of a touchpoint, ranked by emotional impact among the moments of the journey.

    `rank` and `score` are null where there is nothing to compute from; equal scores share a rank.
    `sign_offs` is null where none are asked for. `missing` names what the moment lacks; what is
    overdue or unheard besides, the journey's accountability report tells.
    """

    id: UUID
    version: Version
    status: MomentStatus
    rank: Annotated[int, Meta(ge=1, le=100_000)] | None
    tied: bool
    score: Mean | None
    model: RankingModel
    model_version: Count
    n: Count
    explanation: str
    accountable: MomentAccountable | None
    sign_offs: MomentSignOffs | None
    playbooks: MomentPlaybooks
    missing: list[Missing]


def lacking(
    department_id: UUID | None,
    accountable: MomentAccountable | None,
    playbooks: MomentPlaybooks,
    signed: MomentSignOffs | None,
) -> list[Missing]:
    """What a moment lacks, from what is told of it."""
    return gaps(
        Answered(
            department=department_id is not None,
            accountable=accountable.status if accountable else None,
            active=accountable.active if accountable else False,
            playbooks=playbooks.approved,
            signed=NO_RULES if signed is None else as_signed(signed),
        )
    )


def as_signed(told: MomentSignOffs) -> Signed:
    """The same, as the rules judge it."""
    return Signed(told.required, told.given, told.stale, told.objections)


class MapTouchpoint(Touchpoint):
    """A touchpoint with what stands beside its fields. `ratings` is null when nobody rated it.

    `proposals_open`: changes that were proposed to it, its cells and its moment, and wait for
    somebody to decide. `opportunities_open`: those open, chosen or in progress.
    """

    emotions: list[Emotion]
    threads: Threads
    proposals_open: Count
    findings: FindingSummary
    opportunities_open: Count
    actions: ActionSummary
    ratings: RatingSummary | None
    moment: MomentSummary | None


class TouchpointDetail(Touchpoint):
    """A touchpoint with what `include` asks for; what it does not ask for is null."""

    emotions: list[Emotion] | None
    threads: Threads | None
    proposals_open: Count | None
    findings: FindingSummary | None
    opportunities_open: Count | None
    actions: ActionSummary | None
    ratings: RatingSummary | None
    moment: MomentSummary | None
    cells: list[Cell] | None


class MapJourney(Reply):
    """The journey itself, as the head of its map."""

    id: UUID
    version: Version
    title: str
    description: str
    state: JourneyState
    focus: Focus
    scale: Scale
    scope_start: str
    scope_end: str
    sector: str
    customer_type: str
    objective: str
    success_criteria: list[str]
    attribution: str
    persona_ids: list[UUID]
    department_id: UUID | None
    owner_id: UUID
    status: JourneyStatus
    restricted: bool
    group_voice: bool
    locked_at: Instant | None
    review_every_days: Count | None
    reviewed_at: Instant | None
    created_at: Instant
    updated_at: Instant


class JourneyMap(Reply, tag_field="time", tag="present"):
    """A whole journey map; stages, lanes and touchpoints in their order, removed ones left out.

    Members, departments, personas and channels stand by id: their names are in the directory.
    """

    revision: Revision
    organization_revision: Revision
    journey: MapJourney
    stages: list[Stage]
    lanes: list[Lane]
    cells: list[Cell]
    touchpoints: list[MapTouchpoint]
