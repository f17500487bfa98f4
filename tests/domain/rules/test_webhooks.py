"""Signatures, pauses and verdicts of webhooks."""

from base64 import b64decode
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from domain.integration import DeliveryStatus, DisabledReason
from domain.rules.webhooks import (
    GIVEN_UP,
    JITTER,
    LONGEST_QUIET,
    PAUSES,
    Outcome,
    failing,
    signed,
    to_be_disabled,
    verdict,
    written,
)

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
# The vector of the tests of Standard Webhooks 1.0.
SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, AT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def outcome(status: int | None, retry_after: str | None = None) -> Outcome:
    return Outcome(NOW, 12, status, None if status else "Cut off.", retry_after)


def test_the_vector_of_the_specification() -> None:
    assert signed([b64decode(SECRET)], ID, AT, BODY) == SIGNATURE
    two = signed([b"x" * 32, b64decode(SECRET)], ID, AT, BODY).split(" ")
    assert (len(two), two[1]) == (2, SIGNATURE)


@given(st.binary(min_size=24, max_size=64), st.uuids(), st.text())
def test_the_reference_library_verifies_what_is_signed(secret: bytes, id: UUID, text: str) -> None:
    body, at = f'{{"a": {len(text)}, "é": "ü"}}'.encode(), int(datetime.now(UTC).timestamp())
    headers = {
        "webhook-id": str(id),
        "webhook-timestamp": str(at),
        "webhook-signature": signed([b"another", secret], id, at, body),
    }
    assert Webhook(written(secret)).verify(body.decode(), headers)


def test_the_pauses_are_those_of_the_specification() -> None:
    assert len(PAUSES) == 9  # ten attempts
    assert timedelta(hours=75) < sum(PAUSES, timedelta()) < timedelta(hours=76)
    for tries, pause in enumerate(PAUSES):
        for chance in (0.0, 0.5, 1.0):
            found = verdict(outcome(500), tries, chance)
            assert found.status == DeliveryStatus.PENDING
            assert found.due_at == NOW + pause * (1 + JITTER * chance)
    assert verdict(outcome(500), len(PAUSES), 0.0).status == DeliveryStatus.FAILED


@pytest.mark.parametrize("status", [None, 100, 199, 300, 302, 307, 400, 404, 429, 500, 503, 999])
def test_anything_but_2xx_is_a_failure(status: int | None) -> None:
    assert verdict(outcome(status), 0, 0.0).status == DeliveryStatus.PENDING


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_2xx_is_delivered(status: int) -> None:
    assert verdict(outcome(status), 9, 0.0).status == DeliveryStatus.DELIVERED


@pytest.mark.parametrize(
    ("status", "said", "quiet"),
    [
        (429, "120", timedelta(seconds=120)),
        (503, " 120 ", timedelta(seconds=120)),
        (503, format_datetime(NOW + timedelta(minutes=3), usegmt=True), timedelta(minutes=3)),
        (429, "999999999999999999999", LONGEST_QUIET),
        (429, format_datetime(NOW + timedelta(days=900), usegmt=True), LONGEST_QUIET),
        (429, "0", None),
        (429, "-5", None),
        (429, "soon", None),
        (429, "٣", None),
        (429, "", None),
        (429, format_datetime(NOW - timedelta(days=1), usegmt=True), None),
        (500, "120", None),
    ],
)
def test_retry_after_is_heeded_and_bounded(status: int, said: str, quiet: timedelta | None) -> None:
    found = verdict(outcome(status, said), 0, 0.0)
    assert found.quiet_until == (NOW + quiet if quiet else None)
    assert found.due_at == NOW + max(quiet or PAUSES[0], PAUSES[0])


@pytest.mark.parametrize(
    "said",
    [
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 01 Jan 2024 00:00:00 +99999999999999999999",
        "Mon, 01 Jan 2024 99999999999999999999:00:00 GMT",
        "Mon, 99999999999999999999999 Jan 2024 00:00:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 +2359",
        "Mon, - - - -",
        "Mon, 01 Jan 2024 ::",
        "1 1 1 1 1",
        ",",
        "\xe9\x00",
    ],
)
def test_an_odd_retry_after_is_no_reason_to_try_for_ever(said: str) -> None:
    assert verdict(outcome(503, said), 0, 0.0) == verdict(outcome(503), 0, 0.0)


@given(st.text(alphabet='0123456789 :,+-()"<>@.JanMonGTZ\xe9', max_size=60))
def test_whatever_retry_after_says_the_attempt_counts(said: str) -> None:
    found = verdict(outcome(503, said), 0, 0.0)
    assert found.due_at is not None
    assert NOW + PAUSES[0] <= found.due_at <= NOW + LONGEST_QUIET


def test_when_a_webhook_is_given_up() -> None:
    assert to_be_disabled(outcome(410), None) == DisabledReason.GONE
    assert to_be_disabled(outcome(200), NOW - GIVEN_UP) is None
    assert to_be_disabled(outcome(500), None) is None
    assert to_be_disabled(outcome(500), NOW - GIVEN_UP + timedelta(seconds=1)) is None
    assert to_be_disabled(outcome(500), NOW - GIVEN_UP) == DisabledReason.FAILING


def test_failures_far_apart_are_not_one_time_of_failing() -> None:
    since, day = NOW - timedelta(days=9), timedelta(days=1)
    assert failing(None, None, NOW) == NOW
    assert failing(since, NOW - day, NOW) == since
    assert failing(since, NOW - 3 * day, NOW) == NOW
