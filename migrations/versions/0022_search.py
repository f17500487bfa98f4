"""Finding what was said: full text, the one function that may use it, and words for misspellings.

Row-level security defeats the indexes of leaky operators, and `@@` is one. So one function of the
owner's looks for the application. It refuses any organization but the one that is set, and asks
itself who may see what, as `domain/queries` does for lists.

Every index holds the organization as a lexeme of its own ("=" and its id; no text makes one), so
that a word of many organizations costs each of them no more than its own texts.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

# For an index array_to_string must be immutable, and of texts it is.
JOINED = """
CREATE FUNCTION joined(items text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT pg_catalog.array_to_string(items, ' ') $$
"""
OWN = "array_to_tsvector(ARRAY['=' || organization_id::text])"
TEXTS = {
    "annotations": "coalesce(body, '')",
    "replies": "coalesce(body, '')",
    "journeys": (
        "title || ' ' || description || ' ' || objective || ' ' || scope_start || ' ' || scope_end"
        " || ' ' || sector || ' ' || customer_type || ' ' || attribution"
        " || ' ' || joined(success_criteria)"
    ),
    "touchpoints": (
        "name || ' ' || description || ' ' || customer_actions || ' ' || business_actions"
        " || ' ' || interaction || ' ' || thoughts || ' ' || perspective || ' ' || quote"
        " || ' ' || expectation || ' ' || reality || ' ' || first_expectation"
        " || ' ' || repeat_expectation || ' ' || process || ' ' || joined(evidence)"
    ),
    "personas": (
        "name || ' ' || summary || ' ' || quote || ' ' || segment || ' ' || profession"
        " || ' ' || prior_knowledge || ' ' || joined(goals) || ' ' || joined(motivations)"
        " || ' ' || joined(problems) || ' ' || joined(resources_used)"
        " || ' ' || joined(narrowing_steps) || ' ' || joined(preferences)"
        " || ' ' || joined(behaviors) || ' ' || joined(evidence)"
    ),
    "moments": (
        "rationale || ' ' || stakes || ' ' || joined(likely_emotions) || ' ' || joined(triggers)"
    ),
}
TITLES = {"journeys": "title", "touchpoints": "name", "personas": "name"}

# Recency as decay: what is a year older counts half, and no score changes as time goes by.
SCORE = """(
            ln(0.02 + ts_rank(vector, wanted, 1))
            + CASE WHEN vector @@ exact THEN 0.3 ELSE 0 END
            + extract(epoch FROM at) / 45500000.0
        )::double precision"""
GRANTED = """
                SELECT FROM grants AS g
                WHERE g.organization_id = organization AND g.journey_id = j.id
                    AND g.removed_at IS NULL
                    AND (g.member_id = me OR g."group" = my_group
                        OR g.department_id = ANY (my_departments))"""
SEEN = f"""(
            j.organization_id = organization
            AND ((coalesce(j.status_before, j.status) <> 'draft' AND NOT j.restricted)
                OR j.owner_id = me OR EXISTS ({GRANTED}))
        )"""
STATUS = """CASE
            WHEN a.hidden_at IS NOT NULL THEN 'hidden'
            WHEN a.withdrawn_at IS NOT NULL THEN 'withdrawn'
            WHEN a.resolved_at IS NOT NULL THEN 'resolved'
            ELSE 'open' END"""
# Withdrawn words are for their author alone, also where the thread is seen.
HEARD = f"""{SEEN} AND (
            coalesce(a.author_id, a.hidden_author_id) = me
            OR a.withdrawn_at IS NULL
                AND (a.visibility = 'everyone'
                    OR a.visibility = 'my_group' AND a.author_group = my_group
                    OR a.visibility = 'leadership'
                        AND my_group IN ('decision_maker', 'executive'))
                AND (a.hidden_at IS NULL OR j.owner_id = me
                    OR EXISTS ({GRANTED} AND g.role = 'moderator'))
        )"""
WANTED = f"""(within IS NULL OR a.journey_id = within)
        AND (about IS NULL OR a.subject_id = about)
        AND (beside IS NULL OR a.touchpoint_id = beside)
        AND (said_as IS NULL OR a.kind = ANY (said_as))
        AND (groups IS NULL OR a.author_group = ANY (groups))
        AND (department IS NULL OR a.author_department_id = department)
        AND CASE WHEN statuses IS NULL THEN a.hidden_at IS NULL AND a.withdrawn_at IS NULL
            ELSE {STATUS} = ANY (statuses) END"""
IN_JOURNEY = " AND (within IS NULL OR w.journey_id = within)"
AT_PLACE = f"""{IN_JOURNEY}
            AND (about IS NULL OR w.subject_id = about)
            AND (beside IS NULL OR w.touchpoint_id = beside)"""
OF_ANNOTATION = "JOIN journeys AS j ON j.organization_id = organization AND j.id = a.journey_id"
OF_REPLY = f"""JOIN annotations AS a ON a.organization_id = organization AND a.id = r.annotation_id
        {OF_ANNOTATION}"""
FIRST, FURTHER, COMMON = 500, 20_000, 25


def indexed(table: str) -> str:
    """The expression that is indexed."""
    return f"({OWN} || to_tsvector('simple', {TEXTS[table]}))"


def matching(table: str) -> str:
    """The rows of a table that match, by the index: left to itself the planner may walk them all."""
    return f"""(
            WITH matching AS MATERIALIZED (
                SELECT * FROM {table}
                WHERE organization_id = organization
                    AND {indexed(table)} @@ (wanted && own)
            ) SELECT * FROM matching
        )"""


def newest(table: str, many: int, place: str) -> str:
    """The newest rows of a table, by walking it."""
    return f"""(
            SELECT w.* FROM {table} AS w
            WHERE w.organization_id = organization{place}
            ORDER BY w.id DESC LIMIT {many}
        )"""


def find(table: str, alias: str, place: str, joins: str, more: str) -> str:
    """Put the newest texts of a table that match, are wanted and may be seen into `hits`.

    Where one of twenty of the newest texts matches, walking on finds enough of them soon; where
    fewer do, the index knows all of them.
    """
    right = f"{more}{WANTED} AND {HEARD}"
    says = (
        f"lower({alias}.body) LIKE ALL (parts)"
        f" AND to_tsvector('simple', coalesce({alias}.body, '')) @@ wanted"
    )
    return f"""
    SELECT count(*), array_agg({alias}.id) FILTER (WHERE {says} AND {right})
    INTO walked, hits
    FROM {newest(table, FIRST, place)} AS {alias} {joins};
    IF walked = {FIRST} AND cardinality(hits) >= {COMMON} THEN
        hits := ARRAY(
            SELECT {alias}.id FROM {newest(table, FURTHER, place)} AS {alias} {joins}
            WHERE {says} AND {right} ORDER BY {alias}.id DESC LIMIT most
        );
        walked := CASE WHEN cardinality(hits) < most THEN {FIRST} ELSE 0 END;
    END IF;
    IF walked = {FIRST} THEN
        hits := ARRAY(
            SELECT {alias}.id FROM {matching(table)} AS {alias} {joins}
            WHERE {right} ORDER BY {alias}.id DESC LIMIT most
        );
    END IF;"""


def voices(table: str, alias: str, reply: str, joins: str) -> str:
    """Return the texts in `hits`, judged."""
    return f"""
    RETURN QUERY
    SELECT 'annotation'::text, a.id, a.journey_id, a.touchpoint_id, {reply}, a.kind, {STATUS},
        a.author_group, told.at, {SCORE}
    FROM {table} AS {alias} {joins}
    CROSS JOIN LATERAL (
        SELECT to_tsvector('simple', coalesce({alias}.body, '')) AS vector,
            {alias}.created_at AS at OFFSET 0
    ) AS told
    WHERE {alias}.organization_id = organization AND {alias}.id = ANY (hits);"""


def drawn(kind: str, table: str, columns: str, status: str, right: str) -> str:
    """Return what matches of a kind that stands on maps, judged; a title counts for more."""
    title = TITLES.get(table)
    vector = f"to_tsvector('simple', {TEXTS[table]})"
    if title:
        vector = f"setweight(to_tsvector('simple', {title}), 'A') || {vector}"
    return f"""
    IF ('{kind}' = ANY (kinds)) IS NOT FALSE AND said_as IS NULL AND groups IS NULL THEN
        RETURN QUERY
        SELECT '{kind}'::text, t.id, {columns}, NULL::uuid, NULL::text, {status}, NULL::text,
            told.at, {SCORE}
        FROM (
            SELECT t.* FROM {matching(table)} AS t
            WHERE {right} AND ({status} = ANY (statuses)) IS NOT FALSE
            ORDER BY t.id DESC LIMIT most
        ) AS t
        CROSS JOIN LATERAL (SELECT {vector} AS vector, updated_at AS at OFFSET 0) AS told;
    END IF;"""


ON_SEEN = f"""EXISTS (
                SELECT FROM journeys AS j
                WHERE j.organization_id = organization AND j.id = t.journey_id AND {SEEN}
            ) AND (within IS NULL OR t.journey_id = within)"""
# A touchpoint goes with its stage, and a moment with its touchpoint.
STANDS = """EXISTS (
                SELECT FROM touchpoints AS p
                JOIN stages AS s ON s.organization_id = organization AND s.id = p.stage_id
                WHERE p.organization_id = organization AND p.id = {}
                    AND p.removed_at IS NULL AND s.removed_at IS NULL
            )"""
ON_MAPS = (
    drawn(
        "journey",
        "journeys",
        "t.id, NULL::uuid",
        "t.status",
        f"""EXISTS (
                SELECT FROM journeys AS j
                WHERE j.organization_id = organization AND j.id = t.id AND {SEEN}
            ) AND (within IS NULL OR t.id = within)
            AND (department IS NULL OR t.department_id = department)""",
    ),
    drawn(
        "touchpoint",
        "touchpoints",
        "t.journey_id, t.id",
        "NULL::text",
        f"""statuses IS NULL AND {STANDS.format("t.id")} AND {ON_SEEN}
            AND (department IS NULL OR t.responsible_department_id = department)""",
    ),
    drawn(
        "moment",
        "moments",
        "t.journey_id, t.touchpoint_id",
        "t.status",
        f"department IS NULL AND {STANDS.format('t.touchpoint_id')} AND {ON_SEEN}",
    ),
    drawn(
        "persona",
        "personas",
        "NULL::uuid, NULL::uuid",
        "NULL::text",
        """statuses IS NULL AND department IS NULL AND t.removed_at IS NULL
            AND (within IS NULL OR EXISTS (
                SELECT FROM journey_personas AS l
                WHERE l.organization_id = organization AND l.id = within AND l.persona_id = t.id
            ))""",
    ),
)
# `contained`: what the lower-cased text of any match contains, cheaper to see than its lexemes.
SEARCH = f"""
CREATE FUNCTION search(
    organization uuid, me uuid, my_group text, my_departments uuid[],
    asked text, contained text[], narrowed jsonb, most integer
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
    parts text[] := ARRAY(SELECT '%' || lower(part) || '%' FROM unnest(contained) AS part);
    kinds text[] := (SELECT array_agg(e) FROM jsonb_array_elements_text(narrowed -> 'kind') AS e);
    said_as text[] := (
        SELECT array_agg(e) FROM jsonb_array_elements_text(narrowed -> 'annotation_kind') AS e
    );
    groups text[] := (SELECT array_agg(e) FROM jsonb_array_elements_text(narrowed -> 'group') AS e);
    statuses text[] := (
        SELECT array_agg(e) FROM jsonb_array_elements_text(narrowed -> 'status') AS e
    );
    within uuid := (narrowed ->> 'journey')::uuid;
    about uuid := (narrowed ->> 'subject')::uuid;
    beside uuid := (narrowed ->> 'touchpoint')::uuid;
    department uuid := (narrowed ->> 'department')::uuid;
    walked bigint;
    hits uuid[];
BEGIN
    IF organization IS DISTINCT FROM
        nullif(current_setting('touchstone.organization_id', true), '')::uuid
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'another organization is set';
    END IF;
    IF numnode(wanted) = 0 THEN
        RETURN;
    END IF;
    IF ('annotation' = ANY (kinds)) IS NOT FALSE THEN
    {find("annotations", "a", AT_PLACE, OF_ANNOTATION, "")}
    {voices("annotations", "a", "NULL::uuid", OF_ANNOTATION)}
    {find("replies", "r", IN_JOURNEY, OF_REPLY, "r.withdrawn_at IS NULL AND r.hidden_at IS NULL AND ")}
    {voices("replies", "r", "r.id", OF_REPLY)}
    END IF;
    {"".join(ON_MAPS)}
END
$search$
"""
SIGNATURE = "search(uuid, uuid, text, uuid[], text, text[], jsonb, integer)"


def upgrade() -> None:
    op.execute(JOINED)
    for table in TEXTS:
        op.create_index(
            f"ix_{table}_search",
            table,
            [sa.text(indexed(table))],
            unique=False,
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        )
    op.execute(SEARCH)
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO touchstone_app")
    op.create_table(
        "search_words",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("spelling", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_search_words_organization_id")
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "spelling", "word", name=op.f("pk_search_words")
        ),
    )
    protect("search_words", rights="SELECT, INSERT, DELETE")


def downgrade() -> None:
    op.drop_table("search_words")
    op.execute(f"DROP FUNCTION {SIGNATURE}")
    for table in TEXTS:
        op.drop_index(f"ix_{table}_search", table)
    op.execute("DROP FUNCTION joined(text[])")
