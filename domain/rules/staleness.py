"""When a journey map is due for another look."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Staleness:
    """How old a map is: whole days since anything in it changed, and its next review."""

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
    due = reviewed_at + timedelta(days=review_every_days)
    return Staleness(days, due, due <= now)
