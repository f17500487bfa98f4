"""Proposals on the wire."""

from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Body, Instant, Reply, Text, Version, changes, present
from api.schemas.maps.stages import StagePatch
from api.schemas.maps.touchpoints import TouchpointPatch
from api.schemas.moments.moments import MomentPatch
from domain.actor import Actor
from domain.database import Row
from domain.queries.page import Page
from domain.queries.voices.proposals import differences_of
from domain.queries.voices.proposing import may_with
from domain.roles import Group
from domain.services.steps.proposable import Target
from domain.talk import Proposable, ProposalStatus

Base = Annotated[
    int,
    Meta(
        ge=0,
        le=2_147_483_647,
        description="The version that you saw. What is as it was there, is not proposed.",
    ),
]
Why = Annotated[str, Meta(max_length=10_000, description="Why it would be better so.")]
Value = str | int | bool | list[str] | None


class TouchpointProposal(Body, tag_field="about", tag="touchpoint"):
    """Other words or facts about a touchpoint."""

    subject_id: UUID
    base_version: Base
    changes: TouchpointPatch
    reason: Why = ""


class StageProposal(Body, tag_field="about", tag="stage"):
    """Other words about a stage."""

    subject_id: UUID
    base_version: Base
    changes: StagePatch
    reason: Why = ""


class CellPatch(Body):
    """What a cell is to say."""

    body: Text


class CellProposal(Body, tag_field="about", tag="cell"):
    """An answer of a custom lane at a stage or a touchpoint; an empty cell has version 0."""

    lane_id: UUID
    base_version: Base
    changes: CellPatch
    stage_id: UUID | None = None
    touchpoint_id: UUID | None = None
    reason: Why = ""


class MomentProposal(Body, tag_field="about", tag="moment"):
    """Other stakes, likely emotions or triggers of a moment of truth."""

    subject_id: UUID
    base_version: Base
    changes: MomentPatch
    reason: Why = ""


ProposalNew = TouchpointProposal | StageProposal | CellProposal | MomentProposal


class ProposalAcceptance(Body):
    """Yes. Where the subject was changed since, name the version over which you say so."""

    over_version: (
        Annotated[Version, Meta(description="The `current_version` that you saw.")] | None
    ) = None
    reason: Text = ""


class ProposalRejection(Body):
    """No, and why."""

    reason: Annotated[str, Meta(min_length=1, max_length=10_000, pattern=r"\S")]


class ProposalDifference(Reply):
    """One field: what it said in the base version, what it says now, what it is to say.

    It is a conflict when it was changed since to something else than is proposed.
    """

    field: str
    base: Value
    now: Value
    proposed: Value
    conflict: bool


class Proposal(Reply):
    """A change that somebody suggests to a touchpoint, stage, cell or moment.

    `subject_id` is what it is about; of a cell it is the lane, and `stage_id` or `touchpoint_id`
    say where in it. Otherwise `touchpoint_id` is the touchpoint it belongs to. `current_version`
    is the version by now. `subject_removed`: it is off the map, and nothing can be accepted.
    `applied_version` is the version that says what was accepted. `decided_by` is the author when
    they have withdrawn it. `may` names what you may do with it now.
    """

    id: UUID
    journey_id: UUID
    journey_title: str
    about: Proposable
    subject_id: UUID
    stage_id: UUID | None
    touchpoint_id: UUID | None
    version: Version
    status: ProposalStatus
    base_version: Version
    current_version: Version
    subject_removed: bool
    differences: list[ProposalDifference]
    reason: str
    author_id: UUID
    author_group: Group
    decided_by: UUID | None
    decided_at: Instant | None
    decision_reason: str
    applied_version: Version | None
    created_at: Instant
    updated_at: Instant
    may: list[str]


class ProposalPage(Reply):
    """Proposals, newest first."""

    items: list[Proposal]
    next_cursor: str | None


def target(body: ProposalNew) -> Target:
    """What a change is proposed to."""
    if isinstance(body, CellProposal):
        return Target(Proposable.CELL, body.lane_id, body.stage_id, body.touchpoint_id)
    return Target(Proposable(str(body.__struct_config__.tag)), body.subject_id)


def said(body: ProposalNew) -> dict[str, Any]:
    """What is proposed, and why."""
    return {"changes": changes(body.changes), "reason": body.reason}


def proposal(row: Row, actor: Actor) -> Proposal:
    """One proposal as this reader sees it."""
    told = [present(ProposalDifference, one) for one in differences_of(row)]
    return present(Proposal, row, differences=told, may=may_with(row, actor))


def proposal_page(page: Page, actor: Actor) -> ProposalPage:
    """A page of proposals as this reader sees them."""
    items = [proposal(row, actor) for row in page.rows]
    return ProposalPage(items=items, next_cursor=page.next_cursor)
