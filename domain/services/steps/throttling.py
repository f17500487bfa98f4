"""Guessing is slow: every try is counted in the database before it costs anything.

All processes count together. The times of the tries are kept, so that a limit holds in any stretch
of its window's length.
"""

import math
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import text

from domain.clock import now
from domain.database import Transaction, hot
from domain.errors import Throttled

FORGOTTEN_AFTER = timedelta(days=1)

# What is seen to be used up already is refused without waiting for the row: those who guess the
# most must not hold the connections that others need.
_RESERVE = hot(
    text(
        """
        INSERT INTO throttles AS known (key, tries, tried_at)
        SELECT CAST(:key AS text), ARRAY[CAST(:at AS timestamptz)], CAST(:at AS timestamptz)
        WHERE NOT EXISTS (
            SELECT FROM throttles AS full_up
            WHERE full_up.key = CAST(:key AS text) AND CAST(:most AS integer) <= (
                SELECT count(*) FROM unnest(full_up.tries) AS try
                WHERE try > CAST(:since AS timestamptz)
            )
        )
        ON CONFLICT (key) DO UPDATE SET
            tries = ARRAY(
                SELECT try FROM unnest(known.tries) AS try WHERE try > CAST(:since AS timestamptz)
            ) || excluded.tries,
            tried_at = excluded.tried_at
        WHERE (
            SELECT count(*) FROM unnest(known.tries) AS try
            WHERE try > CAST(:since AS timestamptz)
        ) < CAST(:most AS integer)
        RETURNING xmax = 0 AS is_new
        """
    )
)
_OLDEST = hot(
    text(
        """
        SELECT try FROM throttles, unnest(tries) AS try WHERE key = CAST(:key AS text)
        ORDER BY try DESC OFFSET CAST(:most AS integer) - 1 LIMIT 1
        """
    )
)
_FORGET = hot(
    text(
        """
        DELETE FROM throttles WHERE key IN (
            SELECT key FROM throttles WHERE tried_at < CAST(:before AS timestamptz)
            ORDER BY tried_at LIMIT 5 FOR UPDATE SKIP LOCKED
        )
        """
    )
)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries in any stretch of `window`."""

    name: str
    most: int
    window: timedelta


PER_ACCOUNT = Limit("password of account", 10, timedelta(minutes=5))
PER_ADDRESS = Limit("password from address", 300, timedelta(minutes=5))
RESETS_PER_ACCOUNT = Limit("reset of account", 5, timedelta(days=1))
RESETS_PER_ADDRESS = Limit("reset from address", 60, timedelta(hours=1))
SIGN_INS_PER_ADDRESS = Limit("way to a provider from address", 300, timedelta(minutes=5))
LINKS_PER_ADDRESS = Limit("input link from address", 300, timedelta(minutes=5))


async def reserve(tx: Transaction, *tries: tuple[Limit, str]) -> None:
    """Count a try against each limit and commit, so that it counts whatever comes of it.

    Throttled when there is none left, for what does not exist as for what does.
    """
    for limit, subject in tries:
        if await _reserve(tx, limit, subject):
            await tx.run(_FORGET, before=now() - FORGOTTEN_AFTER)
    await tx.pause()


async def _reserve(tx: Transaction, limit: Limit, subject: str) -> bool:
    """Count one try; whether it is the first one of its subject."""
    at = now()
    # Addresses of people are nobody's business here, least of all of those who have no account.
    key = sha256(f"{limit.name}\0{subject}".encode()).hexdigest()
    given = {"key": key, "at": at, "since": at - limit.window, "most": limit.most}
    is_new: bool | None = await tx.value(_RESERVE, **given)
    if is_new is not None:
        return is_new
    oldest = await tx.value(_OLDEST, key=key, most=limit.most)
    wait = (oldest + limit.window - at).total_seconds() if oldest else 1.0
    raise Throttled(max(1, math.ceil(wait)), keeps_work=True)
