"""Finding findings, opportunities, actions and evidence: a guarded function beside `search`.

It looks, judges and refuses as that one does (0022), into the indexes of these four tables.

Revision ID: 0032
Revises: 0031
"""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

OWN = "array_to_tsvector(ARRAY['=' || organization_id::text])"
TEXTS = {
    "findings": "text || ' ' || blocks || ' ' || went_to || ' ' || source",
    "opportunities": "title || ' ' || statement || ' ' || success_sign",
    "actions": "title || ' ' || description || ' ' || process",
    "evidence": "excerpt || ' ' || source",
}
SCORE = """(
            ln(0.02 + ts_rank(vector, wanted, 1))
            + CASE WHEN vector @@ exact THEN 0.3 ELSE 0 END
            + extract(epoch FROM at) / 45500000.0
        )::double precision"""
EDITED = """EXISTS (
                SELECT FROM journeys AS j
                WHERE j.organization_id = organization AND j.id = o.journey_id
                    AND (j.owner_id = me OR EXISTS (
                        SELECT FROM grants AS g
                        WHERE g.organization_id = organization AND g.journey_id = j.id
                            AND g.removed_at IS NULL AND g.role = 'editor'
                            AND (g.member_id = me OR g."group" = my_group
                                OR g.department_id = ANY (my_departments))))
            )"""
# The draft of an opportunity is for its author, and for who owns or edits the journey.
NO_DRAFT = f"""NOT EXISTS (
                SELECT FROM opportunities AS o
                WHERE o.organization_id = organization AND o.id = {{id}} AND o.status = 'draft'
                    AND o.author_id <> me AND NOT {EDITED}
            )"""
SEEN = """EXISTS (
                SELECT FROM journeys AS j
                WHERE j.organization_id = organization AND j.id = t.journey_id
                    AND ((coalesce(j.status_before, j.status) <> 'draft' AND NOT j.restricted)
                        OR j.owner_id = me
                        OR EXISTS (
                            SELECT FROM grants AS g
                            WHERE g.organization_id = organization AND g.journey_id = j.id
                                AND g.removed_at IS NULL
                                AND (g.member_id = me OR g."group" = my_group
                                    OR g.department_id = ANY (my_departments))))
            )"""
# What is said at a touchpoint goes with it, and with its stage.
STANDS = """(t.touchpoint_id IS NULL OR EXISTS (
                SELECT FROM touchpoints AS p
                JOIN stages AS s ON s.organization_id = organization AND s.id = p.stage_id
                WHERE p.organization_id = organization AND p.id = t.touchpoint_id
                    AND p.removed_at IS NULL AND s.removed_at IS NULL
            ))"""
DEPARTMENT = "(department IS NULL OR t.department_id = department)"
# Of a thread not everybody sees nothing is found that supports it; what supports a persona is
# seen wherever the persona is.
SUPPORTS = f"""department IS NULL AND EXISTS (
                SELECT FROM subjects AS s
                WHERE s.organization_id = organization AND s.id = t.subject_id
                    AND s.removed_at IS NULL AND s.kind NOT IN ('annotation', 'reply')
            ) AND (t.journey_id IS NULL OR {SEEN}) AND {NO_DRAFT.format(id="t.subject_id")}"""


def found(kind: str, table: str, status: str, right: str) -> str:
    """Return what matches of a kind, judged; a title counts for more."""
    vector = f"to_tsvector('simple', {TEXTS[table]})"
    whole = f"setweight(to_tsvector('simple', title), 'A') || {vector}"
    judged = whole if "title" in TEXTS[table] else vector
    return f"""
    IF ('{kind}' = ANY (kinds)) IS NOT FALSE THEN
        RETURN QUERY
        SELECT '{kind}'::text, t.id, t.journey_id, t.touchpoint_id, NULL::uuid, NULL::text,
            {status}, NULL::text, told.at, {SCORE}
        FROM (
            SELECT t.* FROM (
                WITH matching AS MATERIALIZED (
                    SELECT * FROM {table}
                    WHERE organization_id = organization
                        AND ({OWN} || {vector}) @@ (wanted && own)
                ) SELECT * FROM matching
            ) AS t
            WHERE t.removed_at IS NULL AND {STANDS} AND {right}
                AND (within IS NULL OR t.journey_id = within)
                AND ({status} = ANY (statuses)) IS NOT FALSE
            ORDER BY t.id DESC LIMIT most
        ) AS t
        CROSS JOIN LATERAL (SELECT {judged} AS vector, updated_at AS at OFFSET 0) AS told;
    END IF;"""


ARMS = (
    found("finding", "findings", "t.status", f"{SEEN} AND {DEPARTMENT}"),
    found(
        "opportunity",
        "opportunities",
        "t.status",
        f"{SEEN} AND {NO_DRAFT.format(id='t.id')} AND department IS NULL",
    ),
    found("action", "actions", "t.status", f"{SEEN} AND {DEPARTMENT}"),
    found("evidence", "evidence", "NULL::text", f"statuses IS NULL AND {SUPPORTS}"),
)
SEARCH = f"""
CREATE FUNCTION search_results(
    organization uuid, me uuid, my_group text, my_departments uuid[],
    asked text, narrowed jsonb, most integer
) RETURNS TABLE (
    kind text, id uuid, journey_id uuid, touchpoint_id uuid, reply_id uuid, annotation_kind text,
    status text, author_group text, at timestamptz, score double precision
)
LANGUAGE plpgsql STABLE SECURITY DEFINER STRICT
SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan
SET max_parallel_workers_per_gather = 0
SET jit = off
AS $search$
#variable_conflict use_column
DECLARE
    wanted tsquery := to_tsquery('simple', asked);
    exact tsquery := to_tsquery('simple', replace(asked, ''':*', ''''));
    own tsquery := quote_literal('=' || organization::text)::tsquery;
    kinds text[] := (SELECT array_agg(e) FROM jsonb_array_elements_text(narrowed -> 'kind') AS e);
    statuses text[] := (
        SELECT array_agg(e) FROM jsonb_array_elements_text(narrowed -> 'status') AS e
    );
    within uuid := (narrowed ->> 'journey')::uuid;
    department uuid := (narrowed ->> 'department')::uuid;
BEGIN
    IF organization IS DISTINCT FROM
        nullif(current_setting('touchstone.organization_id', true), '')::uuid
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'another organization is set';
    END IF;
    IF numnode(wanted) = 0 OR narrowed ?| ARRAY['annotation_kind', 'group'] THEN
        RETURN;
    END IF;
    {"".join(ARMS)}
END
$search$
"""
SIGNATURE = "search_results(uuid, uuid, text, uuid[], text, jsonb, integer)"


def upgrade() -> None:
    op.execute(SEARCH)
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO touchstone_app")


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {SIGNATURE}")
