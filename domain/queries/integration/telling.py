"""What a webhook is told: what its member may see of a stream, each entry once."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import text

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.queries.readers import reader
from domain.queries.records.events import journey_entries, organization_entries, placed

_ADD = hot(
    text(
        """
        INSERT INTO webhook_deliveries (organization_id, id, webhook_id, stream_id, revision, event,
            payload, status, attempts, tries, due_at, created_at)
        SELECT CAST(:organization_id AS uuid), n.id, n.webhook_id, CAST(:stream_id AS uuid),
            n.revision, n.event, n.payload, 'pending', 0, 0, CAST(:at AS timestamptz),
            CAST(:at AS timestamptz)
        FROM unnest(CAST(:ids AS uuid[]), CAST(:webhooks AS uuid[]), CAST(:revisions AS bigint[]),
            CAST(:events AS text[]), CAST(:payloads AS text[]))
            AS n (id, webhook_id, revision, event, payload)
        ON CONFLICT ON CONSTRAINT uq_webhook_deliveries_entry DO NOTHING
        """
    )
)


@cache
def _of_journey() -> Hot:
    return hot(placed(journey_entries().subquery("event")))


@cache
def _of_organization() -> Hot:
    return hot(organization_entries())


async def seen_of(
    tx: Transaction, actor: Actor, stream_id: UUID, first: int, last: int
) -> list[Row]:
    """The entries of a stream from one revision to another, of which the actor's own feed tells
    more than the number; none of a journey that they do not see."""
    own = stream_id == actor.organization_id
    given = {"organization_id": actor.organization_id} if own else reader(actor)
    statement, limit = _of_organization() if own else _of_journey(), last - first + 1
    rows = await tx.rows(statement, stream_id=stream_id, after=first - 1, limit=limit, **given)
    return [row for row in rows if row["revision"] is not None and row["visible"]]


async def add(tx: Transaction, stream_id: Any, at: Any, lines: Sequence[dict[str, Any]]) -> None:
    """Add deliveries: `id`, `webhook`, `revision`, `event` and `payload` of each, due now."""
    names = ("id", "webhook", "revision", "event", "payload")
    told = {f"{name}s": [line[name] for line in lines] for name in names}
    await tx.run(_ADD, organization_id=tx.organization_id, stream_id=stream_id, at=at, **told)
