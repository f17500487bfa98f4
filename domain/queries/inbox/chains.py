"""Who spoke, supported or voted for what an action follows from, so that they hear of it.

It decides who is told; whoever spoke for their group is never shown. What was supported may be for
fewer to read by now: whoever sees it no longer does not hear what came of it.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text

from domain.database import Transaction, hot
from domain.queries.inbox.recipients import unseen
from domain.queries.outcomes.reach import REACHED

_HEARD = hot(
    text(
        f"""
        WITH RECURSIVE {REACHED}, nodes AS (SELECT DISTINCT action_id, node FROM reached),
        said AS (
            SELECT action_id, a.id, coalesce(a.author_id, a.hidden_author_id) AS member_id
            FROM nodes JOIN annotations AS a ON a.id = nodes.node
            WHERE a.organization_id = CAST(:organization_id AS uuid)
              AND a.withdrawn_at IS NULL AND a.hidden_at IS NULL
        )
        SELECT action_id, member_id, CAST(NULL AS uuid) AS supported FROM said
        WHERE member_id IS NOT NULL
        UNION
        SELECT action_id, s.member_id, said.id
        FROM said JOIN supports AS s ON s.annotation_id = said.id
        WHERE s.organization_id = CAST(:organization_id AS uuid) AND s.removed_at IS NULL
        UNION
        SELECT action_id, f.author_id, NULL FROM nodes JOIN findings AS f ON f.id = nodes.node
        WHERE f.organization_id = CAST(:organization_id AS uuid) AND f.removed_at IS NULL
        UNION
        SELECT action_id, o.author_id, NULL FROM nodes JOIN opportunities AS o ON o.id = nodes.node
        WHERE o.organization_id = CAST(:organization_id AS uuid) AND o.removed_at IS NULL
        UNION
        SELECT action_id, v.member_id, NULL FROM nodes JOIN votes AS v ON v.subject_id = nodes.node
        WHERE v.organization_id = CAST(:organization_id AS uuid) AND v.removed_at IS NULL
        """  # noqa: S608  our own words
    )
)


async def heard_of(tx: Transaction, action_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The members behind each of these actions."""
    rows = await tx.rows(_HEARD, organization_id=tx.organization_id, ids=list(action_ids))
    supports = {(row["supported"], row["member_id"]) for row in rows if row["supported"]}
    lost = await unseen(tx, supports) if supports else set()
    found: dict[UUID, set[UUID]] = {}
    for row in rows:
        if (row["supported"], row["member_id"]) in lost:
            continue
        found.setdefault(row["action_id"], set()).add(row["member_id"])
    return {action: frozenset(members) for action, members in found.items()}
