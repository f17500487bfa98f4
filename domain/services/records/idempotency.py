"""A repeated request has one effect: its reply is kept in the very transaction of the effect."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import text

from domain.clock import now
from domain.database import Row, Transaction, hot
from domain.errors import Invalid, Underway

KEPT_FOR = timedelta(hours=24)

# Every reply that is kept takes a few along that nobody may ask for any more.
_KEEP = hot(
    text(
        """
        WITH forgotten AS (
            DELETE FROM idempotency_keys
            WHERE organization_id = CAST(:organization_id AS uuid)
              AND (member_id, operation, key) IN (
                SELECT member_id, operation, key FROM idempotency_keys
                WHERE organization_id = CAST(:organization_id AS uuid)
                  AND created_at < CAST(:expired AS timestamptz)
                  AND (member_id, operation, key) <> (CAST(:member_id AS uuid),
                    CAST(:operation AS text), CAST(:key AS text))
                ORDER BY created_at LIMIT 5 FOR UPDATE SKIP LOCKED)
        )
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


class InFlight(Underway):
    """The first request with this key has not finished yet."""

    code = "idempotency_key_in_flight"
    detail = "The first request with this Idempotency-Key is still running: repeat in a second."


@dataclass(frozen=True, slots=True)
class Claim:
    """A key of one member for one operation (method and path), and what was asked with it."""

    organization_id: UUID
    member_id: UUID
    operation: str
    key: str
    fingerprint: bytes

    @property
    def lock(self) -> int:
        """Where the advisory lock of this key lies, a signed 64-bit number."""
        told = f"{self.member_id} {self.operation} {self.key}".encode()
        return int.from_bytes(sha256(told).digest()[:8], signed=True)

    @property
    def sought(self) -> dict[str, Any]:
        """What is asked of the database about this key."""
        return {
            "organization_id": self.organization_id,
            "member_id": self.member_id,
            "operation": self.operation,
            "key": self.key,
            "expired": now() - KEPT_FOR,
            "lock": self.lock,
        }


def settled(wanted: Claim, found: Row) -> Row | None:
    """The reply kept for a key, or None when the work is still to be done.

    Invalid when the key was used for another payload; InFlight while the first request runs.
    """
    if found["status"] is None:
        if not found["mine"]:
            raise InFlight
        return None
    if found["fingerprint"] != wanted.fingerprint:
        raise Invalid(
            "This Idempotency-Key was used for another request: take a new key.",
            code="idempotency_key_reused",
        )
    return found


async def keep(tx: Transaction, done: Claim, reply: tuple[int, str, bytes]) -> None:
    """Keep the reply (status, headers as JSON, body) of what was done under a key."""
    status, headers, body = reply
    kept = await tx.run(
        _KEEP,
        organization_id=done.organization_id,
        member_id=done.member_id,
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
