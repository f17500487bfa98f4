"""Who is there: a row for each open stream that shows its reader, kept fresh while it is open."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text

from domain.clock import now
from domain.database import Transaction, hot
from domain.queries.live.presences import STALE_AFTER

_KEEP = hot(
    text(
        """
        INSERT INTO presences (organization_id, id, journey_id, member_id, began_at, seen_at)
        SELECT CAST(:organization_id AS uuid), id, journey_id, member_id, began_at,
               CAST(:at AS timestamptz)
        FROM unnest(CAST(:ids AS uuid[]), CAST(:journeys AS uuid[]), CAST(:members AS uuid[]),
                    CAST(:beginnings AS timestamptz[]))
            AS there (id, journey_id, member_id, began_at)
        ON CONFLICT (organization_id, id) DO UPDATE SET seen_at = excluded.seen_at
        """
    )
)
# What a killed process has left behind goes too, whoever comes by first.
_END = hot(
    text(
        """
        DELETE FROM presences WHERE organization_id = CAST(:organization_id AS uuid) AND id IN (
            SELECT id FROM presences
            WHERE organization_id = CAST(:organization_id AS uuid)
              AND (id = ANY (CAST(:ids AS uuid[])) OR seen_at < CAST(:stale AS timestamptz))
            FOR UPDATE SKIP LOCKED)
        """
    )
)


class There(NamedTuple):
    """An open stream on a journey, and whose it is."""

    id: UUID
    journey_id: UUID
    member_id: UUID
    began_at: datetime


async def keep(tx: Transaction, there: Sequence[There]) -> None:
    """Say of all these streams that they are open, in one statement."""
    await tx.run(
        _KEEP,
        organization_id=tx.organization_id,
        at=now(),
        ids=[one.id for one in there],
        journeys=[one.journey_id for one in there],
        members=[one.member_id for one in there],
        beginnings=[one.began_at for one in there],
    )


async def end(tx: Transaction, ids: Sequence[UUID]) -> None:
    """Forget streams that have ended, and those that nobody has kept fresh."""
    await tx.run(_END, organization_id=tx.organization_id, ids=list(ids), stale=now() - STALE_AFTER)
