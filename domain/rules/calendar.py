"""Working days: which days of an organization count, and what is due after how many of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FARTHEST_DAYS = 3_700
"""How far a count of working days may reach (about ten years): no calendar is that empty."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When an organization works. `working_days` are ISO weekdays, 1 (Monday) to 7."""

    timezone: str = "UTC"
    working_days: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    holidays: frozenset[date] = frozenset()

    def works_on(self, day: date) -> bool:
        """Whether this is a working day."""
        return day.isoweekday() in self.working_days and day not in self.holidays


def calendar(timezone: str, working_days: Collection[int], holidays: Collection[str]) -> Calendar:
    """The calendar from what an organization has stored; holidays are ISO dates."""
    free = frozenset(date.fromisoformat(day) for day in holidays)
    return Calendar(timezone, frozenset(working_days), free)


def after(calendar: Calendar, start: datetime, days: int) -> datetime:
    """Return the same time of day, `days` working days later (earlier when negative), in UTC.

    With 0 days it is `start`, moved to the next working day where it is none. The time of day is
    the organization's, so that a change to summer time does not move what is due at nine.
    """
    local = start.astimezone(ZoneInfo(calendar.timezone))
    day, left, step = local.date(), abs(days), -1 if days < 0 else 1
    for _ in range(FARTHEST_DAYS):
        if left == 0 and calendar.works_on(day):
            break
        day += timedelta(days=step)
        left -= left > 0 and calendar.works_on(day)
    return datetime.combine(day, local.timetz()).astimezone(UTC)


def day_of(calendar: Calendar, at: datetime) -> date:
    """Return the day it is in the organization at a moment."""
    return at.astimezone(ZoneInfo(calendar.timezone)).date()


def end_of(calendar: Calendar, day: date) -> datetime:
    """Return the first moment after a day, in UTC: what is due on the day is late from then on."""
    midnight = time(tzinfo=ZoneInfo(calendar.timezone))
    return datetime.combine(day + timedelta(days=1), midnight).astimezone(UTC)
