"""When a journey map is due for another look."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

# Whatever is stored, reckoning from it must not leave the calendar.
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Staleness:
    """How old a map is: whole days since the map changed, and its next review."""

    days_since_change: int
    next_review_at: datetime | None
    stale: bool


def staleness(
    *, changed_at: datetime, reviewed_at: datetime, review_every_days: int | None, now: datetime
) -> Staleness:
    """Tell how stale a journey is; it is stale once its review is due, and never without a rhythm.

    `reviewed_at` is the last review, or the creation where there has been none.
    """
    days = max(0, (now - changed_at).days)
    if review_every_days is None:
        return Staleness(days, None, False)
    due = _sane(reviewed_at) + timedelta(days=review_every_days)
    return Staleness(days, due, due <= now)


def _sane(at: datetime) -> datetime:
    """The instant within the bounds; an infinite one comes from the database without a zone."""
    known = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(known, EARLIEST), LATEST)
