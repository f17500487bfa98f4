"""Signing what is sent to a webhook, when to try again, and what an attempt means.

Standard Webhooks 1.0: https://github.com/standard-webhooks/standard-webhooks
"""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from hmac import digest
from typing import Final
from uuid import UUID

from domain.integration import DeliveryStatus, DisabledReason

PING: Final = "webhook.ping"
"""What is sent to try a webhook; it is no entry of the ledger."""
SECRET_BYTES: Final = 32
PREFIX: Final = "whsec_"
SIGNS_ON: Final = timedelta(hours=24)
"""How long the secret before signs beside the new one."""
PAUSES: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Between one attempt and the next; the first is made at once, after the last there is none."""
JITTER: Final = 0.1
"""By which part a pause is longer at the most, so that what failed together comes back apart."""
LONGEST_QUIET: Final = timedelta(hours=1)
"""How long a receiver may ask not to be called, with Retry-After."""
GIVEN_UP: Final = timedelta(days=5)
"""After so long without a success a webhook is disabled."""
FORGOTTEN: Final = timedelta(days=2)
"""Failures further apart than this are not one time of failing."""
OVERLOADED: Final = (429, 503)
GONE: Final = 410


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: a status, or why there is none. `retry_after` is the header."""

    at: datetime
    milliseconds: int
    status_code: int | None = None
    error: str | None = None
    retry_after: str | None = None

    @property
    def good(self) -> bool:
        """Whether it was delivered; a redirect is a failure."""
        return self.status_code is not None and 200 <= self.status_code < 300


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a delivery; `quiet_until` of all that is due to its webhook."""

    status: DeliveryStatus
    due_at: datetime | None = None
    quiet_until: datetime | None = None


def written(secret: bytes) -> str:
    """A secret as it is told to whoever verifies."""
    return PREFIX + b64encode(secret).decode()


def signed(secrets: Iterable[bytes], delivery_id: UUID | str, timestamp: int, body: bytes) -> str:
    """The header webhook-signature: HMAC-SHA256 over `id.timestamp.body`, once for each secret."""
    content = f"{delivery_id}.{timestamp}.".encode() + body
    return " ".join(f"v1,{b64encode(digest(s, content, sha256)).decode()}" for s in secrets)


def verdict(outcome: Outcome, tries: int, chance: float) -> Verdict:
    """What follows from an attempt after `tries` earlier ones; `chance` is from 0 to 1."""
    if outcome.good:
        return Verdict(DeliveryStatus.DELIVERED)
    if outcome.status_code == GONE or tries >= len(PAUSES):
        return Verdict(DeliveryStatus.FAILED)
    due = outcome.at + PAUSES[tries] * (1 + JITTER * chance)
    asked = _asked(outcome)
    if asked is None:
        return Verdict(DeliveryStatus.PENDING, due)
    return Verdict(DeliveryStatus.PENDING, max(due, asked), asked)


def failing(since: datetime | None, tried_at: datetime | None, at: datetime) -> datetime:
    """Since when a webhook has been failing that fails at this moment."""
    if since is None or (tried_at is not None and at - tried_at > FORGOTTEN):
        return at
    return since


def to_be_disabled(outcome: Outcome, since: datetime | None) -> DisabledReason | None:
    """Why to disable a webhook that has been failing since then, if this attempt says so."""
    if outcome.status_code == GONE:
        return DisabledReason.GONE
    if outcome.good or since is None or outcome.at - since < GIVEN_UP:
        return None
    return DisabledReason.FAILING


def _asked(outcome: Outcome) -> datetime | None:
    """When the receiver wants to be called again, if it says so; at the most an hour from now."""
    if outcome.status_code not in OVERLOADED or outcome.retry_after is None:
        return None
    wanted = _instant(outcome.retry_after.strip(), outcome.at)
    if wanted is None or wanted <= outcome.at:
        return None
    return min(wanted, outcome.at + LONGEST_QUIET)


def _instant(said: str, at: datetime) -> datetime | None:
    """Retry-After in seconds or as a date (RFC 9110, 10.2.3)."""
    if said.isascii() and said.isdecimal():
        return at + min(timedelta(seconds=int(said[:9])), LONGEST_QUIET)
    try:
        found = parsedate_to_datetime(said)
    except (ValueError, OverflowError, TypeError, IndexError):
        # What a receiver writes must not keep its attempt from being counted.
        return None
    return found if found.tzinfo is not None else None
