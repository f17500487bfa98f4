"""What an action follows from, however far back: the ids, and which follows from which."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text

from domain.actor import Actor
from domain.database import Row, Transaction, hot

# Every link is in one journey. What was merged into an opportunity is part of what it follows from.
REACHED = """
    reached AS (
        SELECT id AS action_id, id AS node, CAST(NULL AS uuid) AS leads_to FROM actions
        WHERE organization_id = CAST(:organization_id AS uuid)
          AND id = ANY (CAST(:ids AS uuid[])) AND removed_at IS NULL
        UNION
        SELECT reached.action_id, step.node, reached.node FROM reached CROSS JOIN LATERAL (
            SELECT from_id AS node FROM sources
            WHERE organization_id = CAST(:organization_id AS uuid)
              AND subject_id = reached.node AND removed_at IS NULL
            UNION ALL
            SELECT named FROM actions, unnest(ARRAY[opportunity_id, moment_id]) AS named
            WHERE organization_id = CAST(:organization_id AS uuid)
              AND actions.id = reached.node AND named IS NOT NULL
            UNION ALL
            SELECT id FROM opportunities
            WHERE organization_id = CAST(:organization_id AS uuid)
              AND merged_into_id = reached.node
            UNION ALL
            SELECT id FROM findings
            WHERE organization_id = CAST(:organization_id AS uuid)
              AND merged_into_id = reached.node
        ) AS step
    )
"""
_REACHED = hot(
    text(
        f"WITH RECURSIVE {REACHED}"  # noqa: S608  our own words
        " SELECT node, array_agg(leads_to) FILTER (WHERE leads_to IS NOT NULL) AS leads_to"
        " FROM reached GROUP BY node"
    )
)


async def reached(tx: Transaction, actor: Actor, action_id: UUID) -> Sequence[Row]:
    """Everything the action follows from, itself included: node, leads_to."""
    return await tx.rows(_REACHED, organization_id=actor.organization_id, ids=[action_id])
