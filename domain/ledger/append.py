"""Appending: entries that name, revisions that tell, the head moved, all in one statement."""

from functools import cache

from sqlalchemy import Table, text

from domain.actor import Actor
from domain.database import DIALECT, Hot, Transaction, hot
from domain.ledger.chain import Chain, Fact, Locked, read
from domain.models.base import Recorded

KEY = ("organization_id", "id")

APPEND = """
head AS (
    UPDATE heads SET revision = CAST(:revision AS bigint), hash = CAST(:hash AS bytea)
    WHERE organization_id = CAST(:organization_id AS uuid)
      AND stream_id = CAST(:stream_id AS uuid)
), news AS (
    SELECT * FROM unnest(
        CAST(:revisions AS bigint[]), CAST(:verbs AS text[]), CAST(:kinds AS text[]),
        CAST(:subjects AS uuid[]), CAST(:versions AS integer[]),
        CAST(:digests AS bytea[]), CAST(:previous AS bytea[]), CAST(:hashes AS bytea[]),
        CAST(:contents AS text[]), CAST(:salts AS bytea[]), CAST(:actor_kinds AS text[]),
        CAST(:actor_ids AS uuid[]), CAST(:commitments AS bytea[]),
        CAST(:touchpoints AS uuid[]), CAST(:removals AS timestamptz[])
    ) AS n (revision, verb, kind, subject_id, version, digest, previous, hash, content,
            salt, actor_kind, actor_id, commitment, touchpoint_id, removed_at)
), subject AS (
    INSERT INTO subjects (organization_id, id, kind, journey_id, touchpoint_id)
    SELECT CAST(:organization_id AS uuid), subject_id, kind,
           CAST(:journey_id AS uuid), touchpoint_id
    FROM news WHERE version = 1
), followed AS (
    UPDATE subjects SET removed_at = news.removed_at, touchpoint_id = news.touchpoint_id FROM news
    WHERE organization_id = CAST(:organization_id AS uuid) AND id = news.subject_id
      AND news.version > 1 AND (subjects.removed_at IS DISTINCT FROM news.removed_at
                                OR subjects.touchpoint_id IS DISTINCT FROM news.touchpoint_id)
), entry AS (
    INSERT INTO entries (organization_id, stream_id, revision, at, actor_kind, actor_id,
        actor_commitment, verb, subject_kind, subject_id, version, digest, prev_hash, hash)
    SELECT CAST(:organization_id AS uuid), CAST(:stream_id AS uuid), revision,
           CAST(:at AS bigint), actor_kind, actor_id, commitment, verb, kind, subject_id,
           version, digest, previous, hash
    FROM news
)
INSERT INTO revisions (organization_id, subject_id, version, stream_id, revision,
    subject_kind, content, salt)
SELECT CAST(:organization_id AS uuid), subject_id, version, CAST(:stream_id AS uuid),
       revision, kind, content, salt
FROM news
"""
_APPEND = hot(text(f"WITH {APPEND}"))


async def record(tx: Transaction, actor: Actor | None, head: Locked, *facts: Fact) -> Locked:
    """Append one entry and one revision row per fact, and move the head; None acts for the system.

    Returns where the stream stands now. Writes what entities have changed first, so that a
    broken constraint speaks before the ledger does.
    """
    await tx.flush()
    if not facts:
        return head
    chain = Chain(tx, actor, head)
    for fact in facts:
        chain.add(fact)
    await tx.run(_APPEND, **chain.arguments())
    return _reached(tx, chain)


def _reached(tx: Transaction, chain: Chain) -> Locked:
    tx.revisions[chain.stream_id] = chain.revision
    return Locked(chain.stream_id, chain.revision, chain.hash)


async def write(tx: Transaction, actor: Actor, head: Locked, fact: Fact) -> Locked:
    """Store an entity and append its entry in one round trip; no session knows the entity.

    Its first version is inserted, a later one replaces what is there.
    """
    chain = Chain(tx, actor, head)
    chain.add(fact)
    entity = fact.entity
    assert isinstance(entity, Recorded)
    statement = _stored(type(entity), entity.version == 1)
    its = {name: read(entity, column) for column, name in _names(type(entity))}
    await tx.run(statement, **its, **chain.arguments())
    return _reached(tx, chain)


@cache
def _stored(model: type[Recorded], new: bool) -> Hot:
    table = _table(model)
    values = {
        column.name: f"CAST(:its_{column.name} AS {column.type.compile(DIALECT)})"
        for column in table.c
    }
    names = {column.name: _quoted(column.name) for column in table.c}
    if new:
        stored = (
            f"INSERT INTO {table.name} ({', '.join(names.values())})"  # noqa: S608  our own names
            f" VALUES ({', '.join(values.values())})"
        )
    else:
        changed = [f"{names[name]} = {value}" for name, value in values.items() if name not in KEY]
        key = [f"{names[name]} = {values[name]}" for name in KEY]
        stored = f"UPDATE {table.name} SET {', '.join(changed)} WHERE {' AND '.join(key)}"  # noqa: S608
    return hot(text(f"WITH stored AS ({stored}), {APPEND}"))


@cache
def _names(model: type[Recorded]) -> list[tuple[str, str]]:
    return [(column.name, f"its_{column.name}") for column in _table(model).c]


def _quoted(name: str) -> str:
    return DIALECT.identifier_preparer.quote(name)


def _table(model: type[Recorded]) -> Table:
    table = model.__table__  # type: ignore[attr-defined]
    assert isinstance(table, Table)
    return table
