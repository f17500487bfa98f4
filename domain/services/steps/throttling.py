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

_RESERVE = hot(
    text(
        """
        INSERT INTO throttles AS known (key, tries, tried_at)
        VALUES (CAST(:key AS text), ARRAY[CAST(:at AS timestamptz)], CAST(:at AS timestamptz))
        ON CONFLICT (key) DO UPDATE SET
            tries = ARRAY(
                SELECT try FROM unnest(known.tries) AS try WHERE try > CAST(:since AS timestamptz)
            ) || excluded.tries,
            tried_at = excluded.tried_at
        WHERE (
            SELECT count(*) FROM unnest(known.tries) AS try
            WHERE try > CAST(:since AS timestamptz)
        ) < CAST(:most AS integer)
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


async def reserve(tx: Transaction, *tries: tuple[Limit, str]) -> None:
    """Count a try against each limit and commit, so that it counts whatever comes of it.

    Throttled when there is none left, for what does not exist as for what does.
    """
    for limit, subject in tries:
        await _reserve(tx, limit, subject)
    await tx.run(_FORGET, before=now() - FORGOTTEN_AFTER)
    await tx.pause()


async def _reserve(tx: Transaction, limit: Limit, subject: str) -> None:
    at = now()
    # Addresses of people are nobody's business here, least of all of those who have no account.
    key = sha256(f"{limit.name}\0{subject}".encode()).hexdigest()
    if await tx.run(_RESERVE, key=key, at=at, since=at - limit.window, most=limit.most):
        return
    oldest = await tx.value(_OLDEST, key=key, most=limit.most)
    wait = (oldest + limit.window - at).total_seconds() if oldest else 1.0
    raise Throttled(max(1, math.ceil(wait)), keeps_work=True)
