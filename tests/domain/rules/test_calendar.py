"""Working days, by tables of cases and by properties."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.calendar import Calendar, after, calendar, end_of

PLAIN = Calendar()
BERLIN = calendar("Europe/Berlin", [1, 2, 3, 4, 5], ["2026-12-25", "2026-12-28"])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("calendar", "start", "days", "expected"),
    [
        (PLAIN, "2026-11-16T09:00+00:00", 0, "2026-11-16T09:00+00:00"),
        (PLAIN, "2026-11-16T09:00+00:00", 3, "2026-11-19T09:00+00:00"),
        (PLAIN, "2026-11-20T09:00+00:00", 1, "2026-11-23T09:00+00:00"),
        (PLAIN, "2026-11-21T09:00+00:00", 0, "2026-11-23T09:00+00:00"),
        (PLAIN, "2026-11-21T09:00+00:00", 1, "2026-11-23T09:00+00:00"),
        (PLAIN, "2026-11-23T09:00+00:00", -1, "2026-11-20T09:00+00:00"),
        (BERLIN, "2026-12-24T09:00+01:00", 1, "2026-12-29T09:00+01:00"),
        # Summer time ends on 2026-10-25 in Berlin: nine stays nine.
        (BERLIN, "2026-10-23T09:00+02:00", 1, "2026-10-26T09:00+01:00"),
        # Late on Friday in New York is Saturday in UTC, and still Friday there.
        (calendar("America/New_York", [1, 2, 3, 4, 5], []), "2026-11-21T02:00+00:00", 0,
         "2026-11-21T02:00+00:00"),
    ],
)  # fmt: skip
def test_after_so_many_working_days(
    calendar: Calendar, start: str, days: int, expected: str
) -> None:
    assert after(calendar, at(start), days) == at(expected)


def test_a_day_ends_where_the_organization_is() -> None:
    assert end_of(PLAIN, date(2026, 11, 20)) == at("2026-11-21T00:00+00:00")
    assert end_of(BERLIN, date(2026, 11, 20)) == at("2026-11-20T23:00+00:00")


START = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.timedeltas(timedelta(), timedelta(days=1_400)).map(lambda later: START + later)
calendars = st.builds(
    Calendar,
    timezone=st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu"]),
    working_days=st.frozensets(st.integers(1, 7), min_size=1),
    holidays=st.frozensets(st.dates(date(2026, 1, 1), date(2030, 1, 1)), max_size=5),
)


@given(calendars, moments, st.integers(0, 60))
def test_it_lands_on_a_working_day_and_never_earlier_with_more(
    calendar: Calendar, start: datetime, days: int
) -> None:
    reached, later = after(calendar, start, days), after(calendar, start, days + 1)
    assert start - timedelta(hours=1) <= reached <= later
    assert calendar.works_on(reached.astimezone(ZoneInfo(calendar.timezone)).date())
