"""Every way of altering a ledger by SQL that the audit must notice, by name.

$1 is the organization, $2 a journey, $3 another journey, $4 a member. Each runs as the superuser.
"""

WHERE = "organization_id = $1 AND stream_id = $2"
ALL = "($1::uuid, $2::uuid, $3::uuid, $4::uuid) IS NOT NULL"
LAST = f"(SELECT revision FROM heads WHERE {WHERE})"
SECOND = f"WHERE {WHERE} AND revision = 2 AND {ALL}"
TAIL = f"WHERE {WHERE} AND revision = {LAST} AND {ALL}"
# The bytes of an entry and their hash, as the product documents them.
FORGED = "'stage.forged'"
FORGED_HASH = rf"""sha256(prev_hash || '\x01' || uuid_send(organization_id) || uuid_send(stream_id)
    || int8send(revision) || int8send(at) || '\x01' || uuid_send(actor_id)
    || '\x000c' || convert_to({FORGED}, 'UTF8')
    || substring(int4send(length(subject_kind)) FROM 3) || convert_to(subject_kind, 'UTF8')
    || uuid_send(subject_id) || int8send(version) || digest)"""


def entry(change: str, where: str = SECOND) -> str:
    return f"UPDATE entries SET {change} {where}"


def content(change: str, where: str = SECOND) -> str:
    return f"UPDATE revisions SET {change} {where}"


def head(change: str) -> str:
    return f"UPDATE heads SET {change} WHERE {WHERE} AND {ALL}"


def both(where: str) -> str:
    return f"WITH gone AS (DELETE FROM revisions {where}) DELETE FROM entries {where}"


def copied(columns: str, values: str, where: str) -> str:
    return (
        f"INSERT INTO entries (organization_id, {columns}, at, actor_kind, actor_id, verb,"
        f" subject_kind, subject_id, version, digest, hash) SELECT organization_id, {values}, at,"
        f" actor_kind, actor_id, verb, subject_kind, subject_id, version, digest, hash"
        f" FROM entries {where}"
    )


HIDDEN = f"WHERE {WHERE} AND actor_kind = 'hidden' AND {ALL}"
TAMPERINGS = {
    "edit actor": entry("actor_id = $4"),
    "edit actor kind": entry("actor_kind = 'system', actor_id = NULL"),
    "two actors": entry("actor_commitment = digest"),
    "edit commitment": entry("actor_commitment = digest", HIDDEN),
    "uncover a hidden actor": entry(
        "actor_kind = 'member', actor_id = $4, actor_commitment = NULL", HIDDEN
    ),
    "edit time": entry("at = at - 1"),
    "edit verb": entry("verb = 'stage.removed'"),
    "edit subject kind": entry("subject_kind = 'lane'"),
    "edit subject": entry("subject_id = $3"),
    "edit version": entry("version = 7"),
    "edit digest": entry("digest = hash"),
    "short digest": entry("digest = '\\x01'"),
    "edit hash": entry("hash = digest"),
    "edit hash before": entry("prev_hash = digest"),
    "edit and rehash one": entry(f"verb = {FORGED}, hash = {FORGED_HASH}"),
    "renumber": entry("revision = -2"),
    "edit content": content("content = replace(content, '\"', '\"\"')"),
    "normalize content": content(
        "content = normalize(content, NFD)", f"WHERE {WHERE} AND content LIKE '%Zoë%' AND {ALL}"
    ),
    "edit salt": content("salt = decode(repeat('66', 16), 'hex')"),
    "empty content only": content("content = NULL"),
    "empty salt only": content("salt = NULL"),
    "content of another subject": content("subject_id = $3, version = 99"),
    "content of another version": content("version = 99"),
    "delete first": both(f"WHERE {WHERE} AND revision = 1 AND {ALL}"),
    "delete middle": both(SECOND),
    "delete tail": both(TAIL),
    "delete entry only": f"DELETE FROM entries {SECOND}",
    "delete content only": f"DELETE FROM revisions {SECOND}",
    "swap two": "UPDATE entries a SET at = b.at, verb = b.verb, subject_kind = b.subject_kind,"
    " subject_id = b.subject_id, digest = b.digest FROM entries b WHERE a.organization_id = $1"
    f" AND a.stream_id = $2 AND b.organization_id = $1 AND b.stream_id = $2 AND {ALL}"
    " AND (a.revision, b.revision) IN ((2, 3), (3, 2))",
    "duplicate at the end": copied(
        "stream_id, revision, prev_hash", "stream_id, revision + 1, hash", TAIL
    ),
    "splice in an entry of another journey": copied(
        "stream_id, revision, prev_hash",
        f"$2, {LAST} + 1, hash",
        f"WHERE organization_id = $1 AND stream_id = $3 AND revision = 2 AND {ALL}",
    ),
    "leave a gap": entry("revision = revision + 1", TAIL),
    "head of another hash": head("hash = digest(1)").replace("digest(1)", "sha256(hash)"),
    "head turned back": head("revision = revision - 1"),
    "head of another kind": head("kind = 'organization'"),
    "head gone": f"DELETE FROM heads WHERE {WHERE} AND {ALL}",
    "head of nothing": "INSERT INTO heads (organization_id, stream_id, kind, revision, hash)"
    f" SELECT $1, $4, 'journey', 0, decode(repeat('00', 32), 'hex') WHERE {ALL}",
    "the whole past gone": f"WITH a AS (DELETE FROM heads WHERE {WHERE}),"
    f" b AS (DELETE FROM revisions WHERE {WHERE}) DELETE FROM entries WHERE {WHERE} AND {ALL}",
    "tail cut off, head and all": f"WITH a AS (DELETE FROM revisions {TAIL}),"
    f" b AS (DELETE FROM entries {TAIL} RETURNING *) UPDATE heads SET revision = b.revision - 1,"
    " hash = b.prev_hash FROM b WHERE heads.organization_id = $1 AND heads.stream_id = $2",
    "change without an entry": f"UPDATE stages SET name = 'x', version = version + 1"
    f" WHERE organization_id = $1 AND journey_id = $2 AND {ALL}",
}
