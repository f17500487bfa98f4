"""When a letter about the inbox is due: at eight in the morning, on working days."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.roles import Group
from domain.rules.calendar import FARTHEST_DAYS, Calendar
from domain.talk import Digest

MORNING = time(8)


def digest_of(group: Group) -> Digest:
    """What a member gets who has not chosen: executives hear weekly, others look for themselves."""
    return Digest.WEEKLY if group is Group.EXECUTIVE else Digest.OFF


def next_digest(calendar: Calendar, digest: Digest, since: datetime) -> datetime | None:
    """The first morning after `since` that a letter is due: each working day, or each week's first.

    None when no letter is wanted, or no day is a working day.
    """
    if digest is Digest.OFF:
        return None
    zone = ZoneInfo(calendar.timezone)
    day = since.astimezone(zone).date()
    for _ in range(FARTHEST_DAYS):
        morning = datetime.combine(day, MORNING, zone)
        fits = digest is Digest.DAILY or _is_first(calendar, morning)
        if calendar.works_on(day) and fits and morning > since:
            return morning
        day += timedelta(days=1)
    return None


def _is_first(calendar: Calendar, morning: datetime) -> bool:
    """Whether no day of the same week before this one is a working day."""
    day = morning.date()
    earlier = (day - timedelta(days=n) for n in range(1, day.isoweekday()))
    return not any(calendar.works_on(one) for one in earlier)
