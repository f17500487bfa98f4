"""Sessions age, and their refresh tokens are worth what their generation says."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.rules.emails import normalize
from domain.rules.sessions import Worth, expires_at, worth

BORN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("generation", "presented", "value"),
    [
        (0, 0, Worth.NEXT),
        (7, 7, Worth.NEXT),
        (7, 6, Worth.AGAIN),
        (7, 5, Worth.STOLEN),
        (7, 0, Worth.STOLEN),
        (7, 8, Worth.STOLEN),
    ],
)
def test_a_token_is_worth_what_its_generation_says(
    generation: int, presented: int, value: Worth
) -> None:
    assert worth(generation, presented) is value


@pytest.mark.parametrize(("used", "ends"), [(0, 7), (22, 29), (24, 30), (29, 30)])
def test_a_session_ends_a_week_after_its_last_use_and_a_month_after_its_birth(
    used: int, ends: int
) -> None:
    assert expires_at(BORN, BORN + timedelta(days=used)) == BORN + timedelta(days=ends)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" Ada@Example.ORG ", "ada@example.org"),
        ("zoe\u0308@example.org", "zo\u00eb@example.org"),
        ("ada+x@example.org", "ada+x@example.org"),
    ],
)
def test_one_mailbox_has_one_spelling(given: str, kept: str) -> None:
    assert normalize(given) == kept
