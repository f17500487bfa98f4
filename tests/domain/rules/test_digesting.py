"""When letters are due: at eight, on working days, the weekly one on the first of a week."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.roles import Group
from domain.rules.calendar import Calendar
from domain.rules.digesting import digest_of, next_digest
from domain.talk import Digest

VIENNA = Calendar("Europe/Vienna", frozenset({1, 2, 3, 4, 5}), frozenset({date(2027, 3, 8)}))


@pytest.mark.parametrize(
    ("digest", "since", "due"),
    [
        (Digest.DAILY, "2027-03-01T06:59:00Z", "2027-03-01T08:00:00+01:00"),
        (Digest.DAILY, "2027-03-01T07:00:00Z", "2027-03-02T08:00:00+01:00"),
        (Digest.DAILY, "2027-03-05T09:00:00Z", "2027-03-09T08:00:00+01:00"),
        (Digest.WEEKLY, "2027-03-02T09:00:00Z", "2027-03-09T08:00:00+01:00"),
        (Digest.WEEKLY, "2027-03-10T09:00:00Z", "2027-03-15T08:00:00+01:00"),
        (Digest.WEEKLY, "2027-03-27T09:00:00Z", "2027-03-29T08:00:00+02:00"),
    ],
)
def test_the_next_letter(digest: Digest, since: str, due: str) -> None:
    found = next_digest(VIENNA, digest, datetime.fromisoformat(since))
    assert found == datetime.fromisoformat(due)


def test_no_letter_is_ever_due_without_wanting_one_or_without_a_working_day() -> None:
    now = datetime(2027, 3, 1, tzinfo=UTC)
    assert next_digest(VIENNA, Digest.OFF, now) is None
    assert next_digest(Calendar(working_days=frozenset()), Digest.DAILY, now) is None


def test_executives_hear_weekly_without_choosing() -> None:
    weekly = {group for group in Group if digest_of(group) is Digest.WEEKLY}
    assert weekly == {Group.EXECUTIVE}


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.frozensets(st.integers(1, 7), min_size=1),
    st.sampled_from(["UTC", "Europe/Vienna", "America/Los_Angeles", "Asia/Kolkata"]),
    st.sampled_from([Digest.DAILY, Digest.WEEKLY]),
)
def test_it_is_ahead_at_eight_on_a_working_day_and_the_first_that_fits(
    since: datetime, days: frozenset[int], zone: str, digest: Digest
) -> None:
    calendar = Calendar(zone, days)
    due = next_digest(calendar, digest, since)
    assert due is not None
    local = due.astimezone(ZoneInfo(zone))
    assert due > since
    assert (local.hour, local.minute) == (8, 0)
    assert local.isoweekday() in (days if digest is Digest.DAILY else {min(days)})
    assert due - since <= timedelta(days=8, hours=2)
