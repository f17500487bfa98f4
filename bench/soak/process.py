"""`touchstone serve` for a soak; TOUCHSTONE_SABOTAGE names a fault that the soak must find.

The product knows none of these faults: they are put in here, in the process that serves.
"""

import os
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from api.cli import main
from domain.database import Transaction, hot
from domain.queries.live import news
from domain.queries.live.news import News
from domain.queries.live.readers import Listening

_BY_ID = hot(
    text(
        """
        SELECT revision, at, actor_kind, actor_id, verb, subject_kind, subject_id, version,
               true AS visible, NULL AS touchpoint_id, NULL AS from_touchpoint_id
        FROM entries WHERE organization_id = CAST(:organization_id AS uuid)
          AND stream_id = CAST(:stream_id AS uuid)
          AND subject_id > (SELECT subject_id FROM entries
            WHERE organization_id = CAST(:organization_id AS uuid)
              AND stream_id = CAST(:stream_id AS uuid) AND revision = CAST(:after AS bigint))
        ORDER BY subject_id LIMIT CAST(:most AS integer)
        """
    )
)
_honest = news.of_journey


async def by_id(
    tx: Transaction, journey_id: UUID, listening: Sequence[Listening], after: int, most: int
) -> list[News]:
    """`id > last`: ids are given before the head is locked, so that some come in too late."""
    rows = await tx.rows(
        _BY_ID, organization_id=tx.organization_id, stream_id=journey_id, after=after, most=most
    )
    return [News(row, range(len(listening))) for row in rows]


async def again(
    tx: Transaction, journey_id: UUID, listening: Sequence[Listening], after: int, most: int
) -> list[News]:
    """`revision >= last` where nothing was new for a while: some are told twice."""
    back = 1 if after % 97 == 0 else 0
    return await _honest(tx, journey_id, listening, after - back, most)


async def newest(
    tx: Transaction, journey_id: UUID, listening: Sequence[Listening], after: int, most: int
) -> list[News]:
    """What is newest, whatever was told: fine until more happens than is read at once."""
    found = await _honest(tx, journey_id, listening, after, most)
    return found[-16:]


SABOTAGE: dict[str, Any] = {"id": by_id, "again": again, "newest": newest}

if __name__ == "__main__":
    if name := os.environ.get("TOUCHSTONE_SABOTAGE"):
        news.of_journey = SABOTAGE[name]
    main()
