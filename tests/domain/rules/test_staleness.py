"""When a map is due for another look."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.rules.staleness import Staleness, staleness

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


def aged(hours: int, rhythm: int | None, reviewed_days: int = 0) -> Staleness:
    return staleness(
        changed_at=NOW - timedelta(hours=hours),
        reviewed_at=NOW - timedelta(days=reviewed_days),
        review_every_days=rhythm,
        now=NOW,
    )


@pytest.mark.parametrize(("hours", "days"), [(0, 0), (23, 0), (24, 1), (71, 2), (-1, 0)])
def test_only_whole_days_count(hours: int, days: int) -> None:
    assert aged(hours, None).days_since_change == days


def test_without_a_rhythm_nothing_is_due() -> None:
    assert aged(24 * 4000, None, 4000) == Staleness(4000, None, False)


@pytest.mark.parametrize(("reviewed", "stale"), [(29, False), (30, True), (31, True)])
def test_it_is_stale_from_the_very_moment_a_review_is_due(reviewed: int, stale: bool) -> None:
    found = aged(0, 30, reviewed)
    assert found.stale is stale
    assert found.next_review_at == NOW + timedelta(days=30 - reviewed)


@pytest.mark.parametrize("reviewed", [datetime.min, datetime.max, datetime.max.replace(tzinfo=UTC)])  # noqa: DTZ901
def test_no_stored_time_leaves_the_calendar(reviewed: datetime) -> None:
    found = staleness(changed_at=NOW, reviewed_at=reviewed, review_every_days=3650, now=NOW)
    assert found.stale is (reviewed.year == 1)
