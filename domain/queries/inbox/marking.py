"""Marking lines of one's own inbox: read, unread, put into the archive, taken out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction, hot

# The lines are locked in the order in which the notifier writes them, so that neither waits for
# the other in a circle.
_MARK = hot(
    text(
        """
        WITH chosen AS (
            SELECT id FROM notifications
            WHERE organization_id = CAST(:organization_id AS uuid)
              AND member_id = CAST(:me AS uuid)
              AND (CAST(:ids AS uuid[]) IS NULL OR id = ANY(CAST(:ids AS uuid[])))
              AND (CAST(:journey_id AS uuid) IS NULL OR journey_id = CAST(:journey_id AS uuid))
              AND (CAST(:reason AS text) IS NULL OR reason = CAST(:reason AS text))
              AND (CAST(:until AS timestamptz) IS NULL OR last_at <= CAST(:until AS timestamptz))
              AND ((read_at IS NOT NULL) <> CAST(:read AS boolean)
                   OR (archived_at IS NOT NULL) <> CAST(:archived AS boolean))
            ORDER BY subject_id, reason FOR UPDATE
        )
        UPDATE notifications AS line SET
            read_at = CASE CAST(:read AS boolean)
                WHEN true THEN coalesce(read_at, CAST(:now AS timestamptz))
                WHEN false THEN NULL ELSE read_at END,
            archived_at = CASE CAST(:archived AS boolean)
                WHEN true THEN coalesce(archived_at, CAST(:now AS timestamptz))
                WHEN false THEN NULL ELSE archived_at END
        FROM chosen
        WHERE line.organization_id = CAST(:organization_id AS uuid) AND line.id = chosen.id
        """
    )
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which lines: those that fit all that is given. `until`: that were told of by then."""

    ids: list[UUID] | None = None
    journey_id: UUID | None = None
    reason: str | None = None
    until: datetime | None = None


async def mark(
    tx: Transaction, actor: Actor, chosen: Chosen, *, read: bool | None, archived: bool | None
) -> int:
    """Mark lines of the actor, and count them; None keeps what they are."""
    return await tx.run(
        _MARK,
        organization_id=actor.organization_id,
        me=actor.member_id,
        ids=chosen.ids,
        journey_id=chosen.journey_id,
        reason=chosen.reason,
        until=chosen.until,
        read=read,
        archived=archived,
        now=now(),
    )
