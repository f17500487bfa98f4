"""What is to be sent: found across organizations, taken and recorded in its own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from domain.database import Hot, Row, Transaction, hot

Place = tuple[UUID, UUID]
START: Place = (UUID(int=0), UUID(int=0))


def _hot(words: str) -> Hot:
    return hot(text(words))


# From webhook to webhook along the index: it costs the same however much waits for each.
_DUE = _hot(
    """
    WITH RECURSIVE found AS (
        (SELECT organization_id, webhook_id, due_at FROM webhook_deliveries
         WHERE status = 'pending' AND (organization_id, webhook_id)
            > (CAST(:organization AS uuid), CAST(:last AS uuid))
         ORDER BY organization_id, webhook_id, due_at LIMIT 1)
        UNION ALL
        SELECT further.* FROM found, LATERAL (
            SELECT organization_id, webhook_id, due_at FROM webhook_deliveries
            WHERE status = 'pending' AND (organization_id, webhook_id)
                > (found.organization_id, found.webhook_id)
            ORDER BY organization_id, webhook_id, due_at LIMIT 1) AS further
    )
    SELECT organization_id, webhook_id FROM found
    WHERE due_at <= CAST(:at AS timestamptz) LIMIT CAST(:limit AS integer)
    """
)
_OLD = _hot(
    """
    SELECT organization_id FROM webhook_deliveries
    WHERE status <> 'pending' AND finished_at < CAST(:before AS timestamptz)
    UNION
    SELECT organization_id FROM webhook_deliveries
    WHERE status = 'pending' AND id < CAST(:oldest AS uuid)
    """
)
_MINE = "organization_id = CAST(:organization_id AS uuid)"
_OF_WEBHOOK = f"{_MINE} AND webhook_id = CAST(:webhook_id AS uuid) AND status = 'pending'"
# Shared: several may send to a webhook at once, and whoever pauses it waits for none of them long.
_WEBHOOK = _hot(
    """
    SELECT w.organization_id, w.id, w.url, w.status, w.secret, w.previous_secret,
        w.previous_until, w.member_id, w.removed_at IS NOT NULL AS removed,
        m.status = 'active' AS stays, h.failing_since, h.quiet_until
    FROM webhooks w
    JOIN members m ON m.organization_id = w.organization_id AND m.id = w.member_id
    LEFT JOIN webhook_health h ON h.organization_id = w.organization_id AND h.id = w.id
    WHERE w.organization_id = CAST(:organization_id AS uuid)
      AND w.id = CAST(:webhook_id AS uuid)
    FOR SHARE OF w
    """
)
_TAKE = _hot(
    f"""
    WITH due AS (
        SELECT id FROM webhook_deliveries
        WHERE {_OF_WEBHOOK} AND due_at <= CAST(:at AS timestamptz)
        ORDER BY due_at, id LIMIT CAST(:limit AS integer) FOR UPDATE SKIP LOCKED
    )
    UPDATE webhook_deliveries AS d SET due_at = CAST(:until AS timestamptz) FROM due
    WHERE d.{_MINE} AND d.id = due.id
    RETURNING d.id, d.payload, d.tries, d.asked_by, d.stream_id, d.revision
    """  # noqa: S608  our own names
)
_PUT_OFF = _hot(
    f"UPDATE webhook_deliveries SET due_at = CAST(:until AS timestamptz) WHERE {_OF_WEBHOOK}"  # noqa: S608
    " AND due_at <= CAST(:at AS timestamptz)"
)
_DUE_NOW = _hot(
    f"UPDATE webhook_deliveries SET due_at = CAST(:at AS timestamptz) WHERE {_OF_WEBHOOK}"  # noqa: S608
)
_CANCEL = _hot(
    "UPDATE webhook_deliveries SET status = 'cancelled', due_at = NULL, asked_by = NULL,"  # noqa: S608
    f" finished_at = CAST(:at AS timestamptz) WHERE {_OF_WEBHOOK}"
    " AND (CAST(:ids AS uuid[]) IS NULL OR id = ANY(CAST(:ids AS uuid[])))"
)
# What was delivered is delivered, even if it was cancelled in the meantime.
_TRIED = _hot(
    """
    UPDATE webhook_deliveries SET attempts = attempts + 1, tries = tries + 1, asked_by = NULL,
        status = CASE WHEN changes THEN CAST(:status AS text) ELSE status END,
        due_at = CASE WHEN changes THEN CAST(:due_at AS timestamptz) ELSE due_at END,
        finished_at = CASE WHEN changes AND CAST(:status AS text) <> 'pending'
            THEN CAST(:at AS timestamptz) ELSE finished_at END
    FROM (SELECT id AS found, status = 'pending' OR CAST(:status AS text) = 'delivered' AS changes
          FROM webhook_deliveries
          WHERE organization_id = CAST(:organization_id AS uuid) AND id = CAST(:id AS uuid)
          FOR UPDATE) AS held
    WHERE organization_id = CAST(:organization_id AS uuid) AND id = held.found
    RETURNING attempts
    """
)
_HEALTH = _hot(
    "SELECT failing_since, tried_at FROM webhook_health"  # noqa: S608
    f" WHERE {_MINE} AND id = CAST(:webhook_id AS uuid) FOR UPDATE"
)
_FARES = _hot(
    f"""
    UPDATE webhook_health SET tried_at = CAST(:at AS timestamptz),
        failing_since = CAST(:failing_since AS timestamptz),
        delivered_at = CASE WHEN CAST(:failing_since AS timestamptz) IS NULL
            THEN CAST(:at AS timestamptz) ELSE delivered_at END,
        quiet_until = coalesce(CAST(:quiet_until AS timestamptz), quiet_until)
    WHERE {_MINE} AND id = CAST(:webhook_id AS uuid)
    """  # noqa: S608
)
_WELL = _hot(
    "UPDATE webhook_health SET failing_since = NULL, quiet_until = NULL"  # noqa: S608
    f" WHERE {_MINE} AND id = CAST(:webhook_id AS uuid)"
)
_RESEAL = _hot(
    f"""
    UPDATE webhooks SET secret = CAST(:secret AS bytea),
        previous_secret = CAST(:previous_secret AS bytea)
    WHERE {_MINE} AND id = CAST(:webhook_id AS uuid) AND secret = CAST(:was AS bytea)
    """  # noqa: S608
)
_EXPIRE = _hot(
    "UPDATE webhook_deliveries SET status = 'cancelled', due_at = NULL,"  # noqa: S608
    f" finished_at = CAST(:at AS timestamptz) WHERE {_MINE} AND status = 'pending'"
    " AND id < CAST(:oldest AS uuid)"
)
_FORGET = _hot(
    f"""
    WITH old AS (
        SELECT id FROM webhook_deliveries WHERE {_MINE} AND status <> 'pending'
        AND finished_at < CAST(:before AS timestamptz) LIMIT 1000
    ), tried AS (
        DELETE FROM webhook_attempts WHERE {_MINE} AND delivery_id IN (SELECT id FROM old)
    )
    SELECT id FROM old
    """  # noqa: S608
)
_DELETE = _hot(
    f"DELETE FROM webhook_deliveries WHERE {_MINE} AND id = ANY(CAST(:ids AS uuid[]))"  # noqa: S608
)


async def due(tx: Transaction, at: datetime, after: Place, limit: int) -> Sequence[Row]:
    """The webhooks of any organization to which something is to be sent, after a place."""
    organization, last = after
    return await tx.rows(_DUE, at=at, organization=organization, last=last, limit=limit)


async def webhook_held(tx: Transaction, webhook_id: UUID) -> Row | None:
    """A webhook with its sealed secrets, held so that nobody changes it meanwhile."""
    return await tx.row(_WEBHOOK, **_of(tx, webhook_id))


async def take(
    tx: Transaction, webhook_id: UUID, at: datetime, until: datetime, limit: int
) -> Sequence[Row]:
    """Take what is due: nobody else sends it before `until`."""
    rows = await tx.rows(_TAKE, **_of(tx, webhook_id), at=at, until=until, limit=limit)
    return sorted(rows, key=lambda row: row["id"].int)


async def put_off(tx: Transaction, webhook_id: UUID, at: datetime, until: datetime | None) -> None:
    """Put off what is due; None is until somebody resumes."""
    await tx.run(_PUT_OFF, **_of(tx, webhook_id), at=at, until=until)


async def make_due(tx: Transaction, webhook_id: UUID, at: datetime) -> None:
    """Let everything that waits be sent now."""
    await tx.run(_DUE_NOW, **_of(tx, webhook_id), at=at)


async def cancel(
    tx: Transaction, webhook_id: UUID, at: datetime, ids: Sequence[UUID] | None = None
) -> None:
    """Let nothing wait any more, or nothing of these."""
    await tx.run(_CANCEL, **_of(tx, webhook_id), at=at, ids=ids)


async def tried(tx: Transaction, delivery_id: UUID, **became: Any) -> int | None:
    """One attempt more: `status`, `due_at`, and `at` when; its number, None for what is gone."""
    here = {"organization_id": tx.organization_id, "id": delivery_id}
    found: int | None = await tx.value(_TRIED, **here, **became)
    return found


async def health_held(tx: Transaction, webhook_id: UUID) -> Row | None:
    """How a webhook fares, held for `fares`."""
    return await tx.row(_HEALTH, **_of(tx, webhook_id))


async def fares(tx: Transaction, webhook_id: UUID, **told: Any) -> None:
    """Note how an attempt went: `at`, `failing_since` (None is a success) and `quiet_until`."""
    await tx.run(_FARES, **_of(tx, webhook_id), **told)


async def well(tx: Transaction, webhook_id: UUID) -> None:
    """Forget that it was failing, or wanted to be left alone."""
    await tx.run(_WELL, **_of(tx, webhook_id))


async def reseal(tx: Transaction, webhook_id: UUID, was: bytes, **sealed: bytes | None) -> None:
    """Keep the same secrets sealed anew, unless they have been replaced."""
    await tx.run(_RESEAL, **_of(tx, webhook_id), was=was, **sealed)


async def old(tx: Transaction, before: datetime, oldest: UUID) -> Sequence[UUID]:
    """The organizations with something that was finished before, or made before the oldest id."""
    rows = await tx.rows(_OLD, before=before, oldest=oldest)
    return [row["organization_id"] for row in rows]


async def expire(tx: Transaction, at: datetime, oldest: UUID) -> None:
    """Cancel what has waited since before the oldest id, as for a webhook that stays paused."""
    await tx.run(_EXPIRE, organization_id=tx.organization_id, at=at, oldest=oldest)


async def forget(tx: Transaction, before: datetime) -> int:
    """Delete up to 1,000 deliveries that were finished before; how many."""
    here = {"organization_id": tx.organization_id}
    rows = await tx.rows(_FORGET, **here, before=before)
    return await tx.run(_DELETE, **here, ids=[row["id"] for row in rows])


def _of(tx: Transaction, webhook_id: UUID) -> dict[str, Any]:
    return {"organization_id": tx.organization_id, "webhook_id": webhook_id}
