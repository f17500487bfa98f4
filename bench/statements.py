"""The statements that both sides run."""

from sqlalchemy import text

from domain.database import hot
from domain.queries.maps.map import MAP
from domain.queries.voices.annotations import list_statement

__all__ = ["ANNOTATE", "LIST", "MAP", "PAGE"]

LIST = list_statement(frozenset({"subject"}), paged=False)
PAGE = list_statement(frozenset({"subject"}), paged=True)
ANNOTATE = hot(
    text(
        """
        WITH said AS (
            INSERT INTO annotations (organization_id, id, version, journey_id, subject_id,
                touchpoint_id, kind, body, visibility, author_id, author_group, attributed_to,
                resolution_note, hidden_reason, created_at)
            VALUES (CAST(:organization AS uuid), CAST(:id AS uuid), 1, CAST(:journey AS uuid),
                CAST(:subject AS uuid), CAST(:subject AS uuid), 'comment', CAST(:body AS text),
                'everyone', CAST(:author AS uuid), 'frontline_staff', '', '', '',
                CAST(:now AS timestamptz))
            RETURNING *
        ), event AS (
            INSERT INTO bench_events (organization_id, id, subject_id, at)
            SELECT organization_id, id, subject_id, created_at FROM said
        )
        SELECT * FROM said
        """
    )
)
