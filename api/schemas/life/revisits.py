"""Revisits on the wire."""

from uuid import UUID

from api.schemas.base import Body, Instant, Reply, Text, Version, present
from domain.queries.page import Page
from domain.results import RevisitOutcome


class RevisitNew(Body):
    """What was found when the map was looked at again."""

    outcome: RevisitOutcome
    note: Text = ""


class Revisit(Reply):
    """Somebody looked at the map again. Erasing them empties the note."""

    id: UUID
    journey_id: UUID
    version: Version
    outcome: RevisitOutcome
    note: str
    member_id: UUID
    created_at: Instant


class RevisitPage(Reply):
    """Revisits of a journey, newest first."""

    items: list[Revisit]
    next_cursor: str | None


def revisit_page(page: Page) -> RevisitPage:
    """A page of revisits."""
    items = [present(Revisit, row) for row in page.rows]
    return RevisitPage(items=items, next_cursor=page.next_cursor)
