"""What came of an import, on the wire."""

from uuid import UUID

from api.schemas.base import Count, Reply, Revision


class ImportCount(Reply):
    """What became of one kind of thing in the document."""

    kind: str
    created: Count
    updated: Count
    unchanged: Count


class ImportResult(Reply):
    """What an import did, or would do."""

    journey_id: UUID | None
    """Null where a dry run would have made a journey."""
    dry_run: bool
    entries: Revision
    """How many entries the ledgers of the journey and of the organization have gained."""
    counts: list[ImportCount]
