"""Evidence on the wire."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from api.schemas.base import (
    Body,
    Count,
    Instant,
    Line,
    Reply,
    Text,
    Version,
    changes,
    present,
)
from domain.actor import Actor
from domain.database import Row
from domain.queries.findings.hanging import may_with
from domain.queries.page import Page
from domain.results import EvidenceKind
from domain.words import EvidenceGrade, SubjectKind

Url = Annotated[
    str,
    Meta(
        max_length=2_000,
        pattern=r"^https?://[^\s/]\S*$(?!\n)",
        description="An address that begins with http:// or https://.",
        examples=["https://example.org/report"],
    ),
]


class EvidenceNew(Body):
    """What a statement rests on: at least an excerpt, a url or a file.

    `source` says who or what tells so, `captured_on` when. `attachment_id` is a file that is
    attached to the same subject.
    """

    subject_id: UUID
    kind: EvidenceKind
    grade: EvidenceGrade = EvidenceGrade.ASSUMED
    excerpt: Text = ""
    source: Line = ""
    url: Url | None = None
    captured_on: date | None = None
    attachment_id: UUID | None = None


class EvidencePatch(Body):
    """What to change of evidence."""

    kind: EvidenceKind | UnsetType = UNSET
    grade: EvidenceGrade | UnsetType = UNSET
    excerpt: Text | UnsetType = UNSET
    source: Line | UnsetType = UNSET
    url: Url | UnsetType | None = UNSET
    captured_on: date | UnsetType | None = UNSET
    attachment_id: UUID | UnsetType | None = UNSET


class Evidence(Reply):
    """What something rests on. `journey_id` is null for a persona, which belongs to no journey.

    Whoever sees the subject sees it. `may` names what you may do with it now.
    """

    id: UUID
    journey_id: UUID | None
    subject_id: UUID
    subject_kind: SubjectKind
    touchpoint_id: UUID | None
    version: Version
    kind: EvidenceKind
    grade: EvidenceGrade
    excerpt: str
    source: str
    url: str | None
    captured_on: date | None
    attachment_id: UUID | None
    attachment_count: Count
    author_id: UUID
    created_at: Instant
    updated_at: Instant
    may: list[str]


class EvidencePage(Reply):
    """Evidence, newest first."""

    items: list[Evidence]
    next_cursor: str | None


def given(body: EvidenceNew | EvidencePatch) -> dict[str, Any]:
    """What a body says, as the domain stores it."""
    told = changes(body)
    told.pop("subject_id", None)
    if "url" in told:
        told["url"] = told["url"] or ""
    return told


def evidence(row: Row, actor: Actor) -> Evidence:
    """One piece of evidence as this reader sees it."""
    told = {**row, "url": row["url"] or None}
    return present(Evidence, told, may=may_with(row, actor))


def evidence_page(page: Page, actor: Actor) -> EvidencePage:
    """A page of evidence as this reader sees it."""
    items = [evidence(row, actor) for row in page.rows]
    return EvidencePage(items=items, next_cursor=page.next_cursor)
