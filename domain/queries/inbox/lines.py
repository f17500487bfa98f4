"""Writing the lines of inboxes: one for each member, subject and reason."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from domain.database import Transaction, hot

# Those who are told are held, shared, and seen to be active still: whoever suspends or erases them
# waits for this, and finds the lines that it made.
_TELL = hot(
    text(
        """
        WITH news AS (
            SELECT * FROM unnest(
                CAST(:ids AS uuid[]), CAST(:members AS uuid[]), CAST(:subjects AS uuid[]),
                CAST(:reasons AS text[]), CAST(:verbs AS text[]), CAST(:actors AS uuid[]),
                CAST(:revisions AS bigint[]), CAST(:times AS integer[]),
                CAST(:ats AS timestamptz[]), CAST(:onces AS boolean[])
            ) AS n (id, member_id, subject_id, reason, verb, actor_id, revision, happened,
                    last_at, once)
        ), held AS (
            SELECT id FROM members
            WHERE organization_id = CAST(:organization_id AS uuid)
              AND id IN (SELECT member_id FROM news) AND status = 'active'
            ORDER BY id FOR SHARE
        )
        INSERT INTO notifications AS line (organization_id, id, member_id, journey_id, subject_id,
            reason, verb, actor_id, revision, happened, last_at)
        SELECT CAST(:organization_id AS uuid), news.id, news.member_id, CAST(:journey_id AS uuid),
               news.subject_id, news.reason, news.verb, news.actor_id, news.revision,
               news.happened, news.last_at
        FROM news JOIN held ON held.id = news.member_id
        WHERE NOT news.once OR NOT EXISTS (
            SELECT FROM notifications AS told
            WHERE told.organization_id = CAST(:organization_id AS uuid)
              AND told.member_id = news.member_id AND told.subject_id = news.subject_id
              AND told.reason = news.reason)
        ORDER BY news.member_id, news.subject_id, news.reason
        ON CONFLICT (organization_id, member_id, subject_id, reason) DO UPDATE SET
            verb = excluded.verb, actor_id = excluded.actor_id, revision = excluded.revision,
            happened = excluded.happened
                + CASE WHEN line.read_at IS NULL THEN line.happened ELSE 0 END,
            last_at = excluded.last_at, read_at = NULL, archived_at = NULL, mailed_at = NULL
        """
    )
)


async def tell(tx: Transaction, journey_id: Any, lines: Sequence[dict[str, Any]]) -> None:
    """Write lines, one at the most for each member, subject and reason.

    A line that is there already becomes unread, leaves the archive and counts what is new; one that
    is told `once` stays as it is.
    """
    names = ("id", "member", "subject", "reason", "verb", "actor", "revision", "once")
    told = {f"{name}s": [line[name] for line in lines] for name in names}
    await tx.run(
        _TELL,
        organization_id=tx.organization_id,
        journey_id=journey_id,
        times=[line["happened"] for line in lines],
        ats=[line["at"] for line in lines],
        **told,
    )
