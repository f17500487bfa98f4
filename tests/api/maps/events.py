"""What the ledger holds, for tests of what a write leaves there."""

from uuid import UUID

from sqlalchemy import bindparam, text

from domain.database import hot
from tests.world import Org

_VERBS = hot(
    text(
        "SELECT verb FROM entries WHERE stream_id = CAST(:stream_id AS uuid) ORDER BY revision"
    ).bindparams(bindparam("stream_id"))
)


async def verbs(org: Org, stream_id: UUID | str) -> list[str]:
    """The verbs of a stream in their order."""
    async with org.world.database.transaction(org.id) as tx:
        rows = await tx.rows(_VERBS, stream_id=UUID(str(stream_id)))
    return [row["verb"] for row in rows]
