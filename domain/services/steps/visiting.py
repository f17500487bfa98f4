"""Remembering when a member last looked at something: read state, outside the ledger."""

from uuid import UUID

from sqlalchemy import text

from domain.clock import now
from domain.database import Transaction, hot

_LOOK = hot(
    text(
        """
        INSERT INTO visits (organization_id, member_id, subject_id, seen_at)
        VALUES (CAST(:organization_id AS uuid), CAST(:member_id AS uuid),
                CAST(:subject_id AS uuid), CAST(:at AS timestamptz))
        ON CONFLICT (organization_id, member_id, subject_id)
        DO UPDATE SET seen_at = excluded.seen_at
        """
    )
)


async def look(tx: Transaction, member_id: UUID, subject_id: UUID) -> None:
    """The member is looking at the subject now."""
    given = {"organization_id": tx.organization_id, "member_id": member_id}
    await tx.run(_LOOK, subject_id=subject_id, at=now(), **given)
