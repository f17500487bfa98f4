"""What has gone stale, as the overview tells it."""

from collections.abc import Sequence
from uuid import UUID

from api.schemas.base import Count, Instant, Reply
from domain.database import Row


class OverviewStaleJourney(Reply):
    """A journey whose review is due since `next_review_at`."""

    journey_id: UUID
    journey_title: str
    owner_id: UUID
    next_review_at: Instant


class OverviewStale(Reply):
    """Journeys that nobody has looked at for longer than they allow; the ten longest due."""

    total: Count
    journeys: list[OverviewStaleJourney]


def stale_of(rows: Sequence[Row]) -> OverviewStale:
    """The block."""
    journeys = [
        OverviewStaleJourney(
            journey_id=row["id"],
            journey_title=row["title"],
            owner_id=row["owner_id"],
            next_review_at=row["next_review_at"],
        )
        for row in rows
    ]
    return OverviewStale(total=rows[0]["total"] if rows else 0, journeys=journeys)
