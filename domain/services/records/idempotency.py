"""A repeated request has one effect: its reply is kept in the very transaction of the effect."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import bindparam, delete, text

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction, hot
from domain.errors import Conflict, Invalid
from domain.models.records.idempotency import IdempotencyKey

KEPT_FOR = timedelta(hours=24)

# The advisory lock never waits: whoever does not get it knows that the first request is still in
# flight. It only saves work; that there is one effect is held by the primary key below.
_CLAIM = hot(
    text(
        """
        SELECT pg_try_advisory_xact_lock(CAST(:lock AS bigint)) AS mine, kept.*
        FROM (VALUES (1)) AS one LEFT JOIN (
            SELECT fingerprint, status, headers, body FROM idempotency_keys
            WHERE organization_id = CAST(:organization_id AS uuid)
              AND member_id = CAST(:member_id AS uuid)
              AND operation = CAST(:operation AS text) AND key = CAST(:key AS text)
              AND created_at >= CAST(:expired AS timestamptz)
        ) AS kept ON true
        """
    )
)
_KEEP = hot(
    text(
        """
        INSERT INTO idempotency_keys AS kept (organization_id, member_id, operation, key,
            fingerprint, status, headers, body, created_at)
        VALUES (CAST(:organization_id AS uuid), CAST(:member_id AS uuid),
            CAST(:operation AS text), CAST(:key AS text), CAST(:fingerprint AS bytea),
            CAST(:status AS integer), CAST(:headers AS text), CAST(:body AS bytea),
            CAST(:now AS timestamptz))
        ON CONFLICT (organization_id, member_id, operation, key) DO UPDATE
            SET fingerprint = excluded.fingerprint, status = excluded.status,
                headers = excluded.headers, body = excluded.body,
                created_at = excluded.created_at
            WHERE kept.created_at < CAST(:expired AS timestamptz)
        """
    )
)
_PURGE = hot(
    delete(IdempotencyKey).where(
        IdempotencyKey.organization_id == bindparam("organization_id"),
        IdempotencyKey.created_at < bindparam("expired"),
    )
)


class InFlight(Conflict):
    """The first request with this key has not finished yet."""

    code = "idempotency_key_in_flight"
    detail = "The first request with this Idempotency-Key is still running: repeat in a second."


@dataclass(frozen=True, slots=True)
class Claim:
    """A key of one member for one operation (method and path), and what was asked with it."""

    actor: Actor
    operation: str
    key: str
    fingerprint: bytes

    @property
    def lock(self) -> int:
        """Where the advisory lock of this key lies, a signed 64-bit number."""
        told = f"{self.actor.member_id} {self.operation} {self.key}".encode()
        return int.from_bytes(sha256(told).digest()[:8], signed=True)


async def claim(tx: Transaction, wanted: Claim) -> Row | None:
    """The reply kept for a key, or None when the work is still to be done.

    Invalid when the key was used for another payload; InFlight while the first request runs.
    """
    row = await tx.row(
        _CLAIM,
        lock=wanted.lock,
        organization_id=wanted.actor.organization_id,
        member_id=wanted.actor.member_id,
        operation=wanted.operation,
        key=wanted.key,
        expired=now() - KEPT_FOR,
    )
    assert row is not None
    if row["status"] is None:
        if not row["mine"]:
            raise InFlight
        return None
    if row["fingerprint"] != wanted.fingerprint:
        raise Invalid(
            "This Idempotency-Key was used for another request: take a new key.",
            code="idempotency_key_reused",
        )
    return row


async def keep(tx: Transaction, done: Claim, reply: tuple[int, str, bytes]) -> None:
    """Keep the reply (status, headers as JSON, body) of what was done under a key."""
    status, headers, body = reply
    kept = await tx.run(
        _KEEP,
        organization_id=done.actor.organization_id,
        member_id=done.actor.member_id,
        operation=done.operation,
        key=done.key,
        fingerprint=done.fingerprint,
        status=status,
        headers=headers,
        body=body,
        now=now(),
        expired=now() - KEPT_FOR,
    )
    if kept == 0:
        raise InFlight


async def purge(tx: Transaction, actor: Actor) -> int:
    """Forget the organization's replies older than a day; how many there were."""
    return await tx.run(_PURGE, organization_id=actor.organization_id, expired=now() - KEPT_FOR)
