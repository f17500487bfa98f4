"""Personas on the wire."""

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
    present,
)
from domain.actor import Actor
from domain.database import Row
from domain.queries.maps.personas import may_with
from domain.queries.page import Page
from domain.words import EvidenceGrade

Quote = Annotated[str, Meta(max_length=1_000)]


class PersonaNew(Body):
    """A customer as the organization knows them; each list holds one short statement per item."""

    name: Name
    summary: Text = ""
    quote: Quote = ""
    segment: Line = ""
    age: Line = ""
    gender: Line = ""
    education: Line = ""
    profession: Line = ""
    income: Line = ""
    family_status: Line = ""
    prior_knowledge: Text = ""
    goals: Statements = field(default_factory=list)
    motivations: Statements = field(default_factory=list)
    problems: Statements = field(default_factory=list)
    resources_used: Statements = field(default_factory=list)
    narrowing_steps: Statements = field(default_factory=list)
    preferences: Statements = field(default_factory=list)
    behaviors: Statements = field(default_factory=list)
    evidence: Statements = field(default_factory=list)
    evidence_grade: EvidenceGrade = EvidenceGrade.ASSUMED


class PersonaPatch(Body):
    """What to change of a persona; a list is replaced as a whole."""

    name: Name | UnsetType = UNSET
    summary: Text | UnsetType = UNSET
    quote: Quote | UnsetType = UNSET
    segment: Line | UnsetType = UNSET
    age: Line | UnsetType = UNSET
    gender: Line | UnsetType = UNSET
    education: Line | UnsetType = UNSET
    profession: Line | UnsetType = UNSET
    income: Line | UnsetType = UNSET
    family_status: Line | UnsetType = UNSET
    prior_knowledge: Text | UnsetType = UNSET
    goals: Statements | UnsetType = UNSET
    motivations: Statements | UnsetType = UNSET
    problems: Statements | UnsetType = UNSET
    resources_used: Statements | UnsetType = UNSET
    narrowing_steps: Statements | UnsetType = UNSET
    preferences: Statements | UnsetType = UNSET
    behaviors: Statements | UnsetType = UNSET
    evidence: Statements | UnsetType = UNSET
    evidence_grade: EvidenceGrade | UnsetType = UNSET


class Persona(Reply):
    """A customer whose point of view journeys take.

    `evidence` says what it rests on, `evidence_grade` how firmly. `journey_count` counts the
    journeys you can see. A removed one still shows here, with `removed_at`: journeys may have it.
    """

    id: UUID
    version: Version
    name: str
    summary: str
    quote: str
    segment: str
    age: str
    gender: str
    education: str
    profession: str
    income: str
    family_status: str
    prior_knowledge: str
    goals: list[str]
    motivations: list[str]
    problems: list[str]
    resources_used: list[str]
    narrowing_steps: list[str]
    preferences: list[str]
    behaviors: list[str]
    evidence: list[str]
    evidence_grade: EvidenceGrade
    journey_count: Count
    created_by: UUID
    created_at: Instant
    updated_at: Instant
    removed_at: Instant | None
    may: list[str]


class PersonaPage(Reply):
    """Personas, newest first."""

    items: list[Persona]
    next_cursor: str | None


def persona(row: Row, actor: Actor) -> Persona:
    """One persona as this reader sees it."""
    return present(Persona, row, may=may_with(row, actor))


def persona_page(page: Page, actor: Actor) -> PersonaPage:
    """A page of personas as this reader sees them."""
    items = [persona(row, actor) for row in page.rows]
    return PersonaPage(items=items, next_cursor=page.next_cursor)
