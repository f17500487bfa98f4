"""The atlas on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Count, Reply
from domain.results import MappingStatus
from domain.rules.atlas import Columns
from domain.words import Focus, JourneyState, JourneyStatus

Share = Annotated[float, Meta(ge=0, le=1)]


class AtlasEvidence(Reply):
    """How many touchpoints rest on which evidence; the share is null without touchpoints."""

    assumed: Count
    partial: Count
    validated: Count
    validated_share: Share | None


class AtlasJourney(Reply):
    """A journey, and how far it is mapped."""

    id: UUID
    title: str
    state: JourneyState
    status: JourneyStatus
    mapping: MappingStatus
    focus: Focus
    owner_id: UUID
    department_id: UUID | None
    persona_ids: list[UUID]
    touchpoint_count: Count
    evidence: AtlasEvidence


class AtlasCell(Reply):
    """Where a persona meets a department or a focus; null for journeys that name none."""

    persona_id: UUID | None
    department_id: UUID | None
    focus: Focus | None
    journey_ids: list[UUID]


class AtlasGap(Reply):
    """A persona that has no journey there; either a department or a focus."""

    persona_id: UUID
    persona_name: str
    department_id: UUID | None
    department_name: str | None
    focus: Focus | None


class AtlasNamed(Reply):
    """A persona or a department."""

    id: UUID
    name: str


class AtlasDeadEnd(Reply):
    """A touchpoint that many contacts go through and that opens into no journey."""

    journey_id: UUID
    journey_title: str
    touchpoint_id: UUID
    touchpoint_name: str
    monthly_volume: Count


class AtlasCounts(Reply):
    """How many journeys are how far."""

    unmapped: Count
    draft: Count
    live: Count
    prototype: Count
    retired: Count


class Atlas(Reply):
    """What is mapped and what is not, among the journeys you can see.

    `empty` names the places of the grid without a journey, the first 500 of `empty_count`.
    `planned` are journeys without a touchpoint yet. `complete` is false where a list was cut.
    `explanation` says how everything was told apart.
    """

    by: Columns
    counts: AtlasCounts
    evidence: AtlasEvidence
    journeys: list[AtlasJourney]
    cells: list[AtlasCell]
    empty: list[AtlasGap]
    empty_count: Count
    personas_without_journey: list[AtlasNamed]
    departments_without_touchpoint: list[AtlasNamed]
    dead_ends: list[AtlasDeadEnd]
    planned: list[UUID]
    complete: bool
    explanation: list[str]
