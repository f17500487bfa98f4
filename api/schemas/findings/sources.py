"""What things follow from, on the wire."""

from uuid import UUID

from api.schemas.base import Instant, Reply, Version, present
from domain.database import Row
from domain.queries.page import Page
from domain.words import SubjectKind


class Source(Reply):
    """One thing that another follows from.

    `name` is how its text begins, its title, or the name of its touchpoint; null for words that
    were withdrawn. What you may not see is not among the sources.
    """

    id: UUID
    journey_id: UUID
    subject_id: UUID
    from_id: UUID
    from_kind: SubjectKind
    from_touchpoint_id: UUID | None
    name: str | None
    version: Version
    created_by: UUID
    created_at: Instant


class SourcePage(Reply):
    """What something follows from, linked last first."""

    items: list[Source]
    next_cursor: str | None


def source(row: Row) -> Source:
    """One source as this reader sees it."""
    return present(Source, row)


def source_page(page: Page) -> SourcePage:
    """A page of sources as this reader sees them."""
    return SourcePage(items=[source(row) for row in page.rows], next_cursor=page.next_cursor)
