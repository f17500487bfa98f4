"""Reactions on the wire."""

from uuid import UUID

from msgspec.json import Decoder

from api.schemas.base import Count, Instant, Reply, present
from domain.queries.page import Page
from domain.talk import ReactionKind


class ReactionCount(Reply):
    """How many reacted in one way, and whether you did."""

    kind: ReactionKind
    count: Count
    mine: bool


class Reaction(Reply):
    """Who reacted how; `name` is empty once they were erased."""

    id: UUID
    kind: ReactionKind
    member_id: UUID
    name: str
    created_at: Instant


class ReactionPage(Reply):
    """Reactions, newest first."""

    items: list[Reaction]
    next_cursor: str | None


reaction_counts = Decoder(list[ReactionCount]).decode
"""The reactions to one thing, from what the statement tells of them: the most given first."""


def reaction_page(page: Page) -> ReactionPage:
    """A page of reactions."""
    items = [present(Reaction, row) for row in page.rows]
    return ReactionPage(items=items, next_cursor=page.next_cursor)
