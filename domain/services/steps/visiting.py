"""Remembering when a member last looked at something: read state, outside the ledger."""

from datetime import datetime
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

_FORGET = hot(
    text(
        """
        DELETE FROM visits USING annotations
        WHERE visits.organization_id = CAST(:organization_id AS uuid)
          AND visits.member_id = CAST(:member_id AS uuid)
          AND visits.seen_at <= CAST(:at AS timestamptz)
          AND annotations.organization_id = visits.organization_id
          AND annotations.id = visits.subject_id
          AND annotations.journey_id = CAST(:journey_id AS uuid)
        """
    )
)


async def look(
    tx: Transaction, member_id: UUID, subject_id: UUID, at: datetime | None = None
) -> None:
    """The member is looking at the subject now, or has seen it as it was at a moment."""
    given = {"organization_id": tx.organization_id, "member_id": member_id}
    await tx.run(_LOOK, subject_id=subject_id, at=at or now(), **given)


async def look_at_all(tx: Transaction, member_id: UUID, journey_id: UUID, at: datetime) -> None:
    """The member has read a whole journey up to a moment: visits to its threads say no more."""
    await look(tx, member_id, journey_id, at)
    given = {"organization_id": tx.organization_id, "member_id": member_id}
    await tx.run(_FORGET, journey_id=journey_id, at=at, **given)
