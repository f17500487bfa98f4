"""The statements of the audit. The backup role runs them: it sees every organization."""

# ruff: noqa: S608  made of our own names; what is given is a parameter

from typing import cast

from sqlalchemy import Table

import domain.models  # noqa: F401  every table must be known
from domain.models.base import Recorded

_AT = "(organization_id, stream_id, revision)"
_RANGE = f"""
{_AT} > (CAST(:after_organization AS uuid), CAST(:after_stream AS uuid),
    CAST(:after_revision AS bigint))
AND {_AT} <= (CAST(:until_organization AS uuid), CAST(:until_stream AS uuid),
    CAST(:until_revision AS bigint))
"""
# One organization, or all: from itself to itself, or from the lowest id to the highest.
_HERE = "organization_id BETWEEN CAST(:first AS uuid) AND CAST(:last AS uuid)"
_STREAM = "(CAST(:stream_id AS uuid) IS NULL OR stream_id = CAST(:stream_id AS uuid))"

EXTENT = f"""
SELECT count(*) AS streams, coalesce(sum(revision), 0)::bigint AS entries FROM heads
WHERE {_HERE} AND {_STREAM}
"""
KNOWN = f"""
SELECT id FROM organizations WHERE id BETWEEN CAST(:first AS uuid) AND CAST(:last AS uuid)
AND CAST(:stream_id AS uuid) IS NULL
UNION SELECT organization_id FROM heads WHERE {_HERE} AND stream_id = CAST(:stream_id AS uuid)
UNION SELECT organization_id FROM entries WHERE {_HERE} AND stream_id = CAST(:stream_id AS uuid)
UNION SELECT organization_id FROM journeys WHERE {_HERE} AND id = CAST(:stream_id AS uuid)
"""

# The last entry of a page, which the next page follows; none when this is the last page.
BOUND = f"""
SELECT organization_id AS until_organization, stream_id AS until_stream, revision AS until_revision,
    organization_id AS after_organization, stream_id AS after_stream, revision AS after_revision,
    hash AS after_hash
FROM entries WHERE {_RANGE} ORDER BY organization_id, stream_id, revision
LIMIT 1 OFFSET CAST(:skip AS integer)
"""


def _text(column: str) -> str:
    return f"substring(int4send(octet_length({column})) FROM 3) || convert_to({column}, 'UTF8')"


_ZERO = r"decode(repeat('00', 32), 'hex')"
_HASH = rf"""
sha256(prev_hash || '\x01'::bytea || uuid_send(organization_id) || uuid_send(stream_id)
    || int8send(revision) || int8send(at)
    || CASE actor_kind WHEN 'system' THEN '\x00'::bytea
       WHEN 'member' THEN '\x01'::bytea || uuid_send(actor_id)
       WHEN 'hidden' THEN '\x02'::bytea || actor_commitment END
    || {_text("verb")} || {_text("subject_kind")}
    || uuid_send(subject_id) || int8send(version) || digest)
"""
_ACTOR = """
CASE actor_kind WHEN 'system' THEN actor_id IS NULL AND actor_commitment IS NULL
    WHEN 'member' THEN actor_id IS NOT NULL AND actor_commitment IS NULL
    WHEN 'hidden' THEN actor_id IS NULL AND octet_length(actor_commitment) = 32 ELSE false END
"""
_TOLD = """
CASE WHEN content IS NULL AND salt IS NULL THEN true
    ELSE coalesce(octet_length(salt) = 16 AND digest = sha256('touchstone content'::bytea
        || salt || convert_to(content, 'UTF8')), false) END
"""

# First how many entries were looked at, then those with which something is wrong.
ENTRIES = rf"""
WITH linked AS (
    SELECT *, lag(hash, 1, CAST(:after_hash AS bytea)) OVER chain AS last_hash,
        lag(revision, 1, CAST(:after_revision AS bigint)) OVER chain AS last_revision,
        lag(stream_id, 1, CASE WHEN CAST(:after_hash AS bytea) IS NOT NULL
            THEN CAST(:after_stream AS uuid) END) OVER chain IS NOT DISTINCT FROM stream_id
        AND lag(organization_id, 1, CAST(:after_organization AS uuid)) OVER chain
            = organization_id AS follows
    FROM entries WHERE {_RANGE}
    WINDOW chain AS (ORDER BY organization_id, stream_id, revision)
), told AS (
    SELECT organization_id AS told_organization, stream_id AS told_stream,
        revision AS told_revision, subject_kind AS told_kind, subject_id AS told_subject,
        version AS told_version, content, salt
    FROM revisions WHERE {_RANGE}
), checked AS MATERIALIZED (
    SELECT organization_id, stream_id, revision,
        CASE WHEN follows THEN last_revision ELSE 0 END + 1 AS expected,
        prev_hash IS NOT DISTINCT FROM CASE WHEN follows THEN last_hash ELSE {_ZERO} END AS links,
        coalesce(hash = {_HASH}, false)
            AND octet_length(digest) = 32 AND octet_length(prev_hash) = 32 AS hashes,
        {_ACTOR} AS names,
        told_stream IS NOT NULL AS has_content,
        coalesce(subject_kind = told_kind AND subject_id = told_subject
            AND version = told_version, false) AS matches,
        {_TOLD} AS holds
    FROM linked LEFT JOIN told ON told_organization = organization_id
        AND told_stream = stream_id AND told_revision = revision
)
SELECT NULL::uuid AS organization_id, NULL::uuid AS stream_id, count(*) AS revision,
    NULL::text[] AS faults
FROM checked
UNION ALL
SELECT organization_id, stream_id, revision, array_remove(ARRAY[
    CASE WHEN revision <> expected THEN 'revision ' || expected || ' was expected' END,
    CASE WHEN NOT links THEN 'it does not follow the entry before it' END,
    CASE WHEN NOT hashes THEN 'its fields do not give its hash' END,
    CASE WHEN NOT names THEN 'its actor is not named as its kind demands' END,
    CASE WHEN NOT has_content THEN 'its content is missing' END,
    CASE WHEN has_content AND NOT matches THEN 'its content is that of another subject' END,
    CASE WHEN has_content AND NOT holds THEN 'content and salt do not give its digest' END
], NULL) FROM checked
WHERE NOT (revision = expected AND links AND hashes AND names AND has_content AND matches AND holds)
ORDER BY organization_id NULLS FIRST, stream_id, revision
"""

HEADS = f"""
SELECT organization_id, stream_id, NULL::bigint AS revision,
    CASE WHEN h.revision IS NULL THEN 'it has entries but no head'
    ELSE 'its last entry is not the one its head states' END AS reason
FROM (SELECT * FROM heads WHERE {_HERE} AND {_STREAM}) h
FULL JOIN (SELECT DISTINCT ON (organization_id, stream_id) * FROM entries
    WHERE {_HERE} AND {_STREAM} ORDER BY organization_id, stream_id, revision DESC) l
    USING (organization_id, stream_id)
WHERE (h.revision, h.hash) IS DISTINCT FROM (coalesce(l.revision, 0), coalesce(l.hash, {_ZERO}))
ORDER BY 1, 2
"""

STREAMS = f"""
SELECT organization_id, stream_id, NULL::bigint AS revision,
    CASE WHEN h.kind IS NULL THEN 'the ' || o.kind || ' exists but has no head'
    WHEN o.kind IS NULL THEN 'its ' || h.kind || ' does not exist'
    ELSE 'it is of another kind than its head states' END AS reason
FROM (SELECT * FROM heads WHERE {_HERE} AND {_STREAM}) h
FULL JOIN (SELECT * FROM (
    SELECT organization_id, id AS stream_id, 'journey' AS kind FROM journeys WHERE {_HERE}
    UNION ALL SELECT id, id, 'organization' FROM organizations
    ) s WHERE {_HERE} AND {_STREAM}) o USING (organization_id, stream_id)
WHERE h.kind IS DISTINCT FROM o.kind
ORDER BY 1, 2
"""

UNNAMED = f"""
SELECT organization_id, stream_id, revision, 'no entry names this content' AS reason
FROM revisions LEFT JOIN entries USING (organization_id, stream_id, revision)
WHERE {_HERE} AND {_STREAM} AND entries.hash IS NULL
ORDER BY 1, 2, 3
"""

VERSIONS = f"""
SELECT organization_id, stream_id, revision,
    'version ' || version || ' of ' || subject_kind || ' ' || subject_id
    || CASE WHEN version <> last + 1 THEN ', where version ' || last + 1 || ' was expected'
       ELSE ' does not come after the one before it' END AS reason
FROM (SELECT *, lag(version, 1, 0) OVER w AS last, lag(revision, 1, 0::bigint) OVER w AS earlier,
        lag(stream_id, 1, stream_id) OVER w AS in_stream
    FROM revisions WHERE {_HERE} AND {_STREAM}
    WINDOW w AS (PARTITION BY organization_id, subject_id ORDER BY version)) v
WHERE version <> last + 1 OR revision <= earlier OR in_stream <> stream_id
ORDER BY 1, 2, 3
"""

_TABLES = " UNION ALL ".join(
    f"SELECT '{model.subject_kind}' AS kind, organization_id, id, version"
    f" FROM {cast(Table, model.__table__).name} WHERE {_HERE}"  # type: ignore[attr-defined]
    for model in Recorded.__subclasses__()
)
LIVE = f"""
SELECT * FROM (
    SELECT live.organization_id, coalesce(r.stream_id, s.journey_id, live.organization_id)
            AS stream_id, r.revision,
        live.kind || ' ' || live.id || ' stands at version ' || live.version
        || coalesce(', the ledger at ' || r.version, ', the ledger never heard of it') AS reason
    FROM ({_TABLES} UNION ALL SELECT 'organization', id, id, version FROM organizations
        WHERE id BETWEEN CAST(:first AS uuid) AND CAST(:last AS uuid)) live
    LEFT JOIN (SELECT DISTINCT ON (organization_id, subject_id) * FROM revisions WHERE {_HERE}
        ORDER BY organization_id, subject_id, version DESC) r
        ON r.organization_id = live.organization_id AND r.subject_id = live.id
    LEFT JOIN subjects s ON s.organization_id = live.organization_id AND s.id = live.id
    WHERE live.version IS DISTINCT FROM r.version) found
WHERE {_STREAM}
ORDER BY 1, 2, 3
"""
