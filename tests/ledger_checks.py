"""Whether the ledger tells everything: what stands in the tables is what it says, and no less."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import Table, inspect

import domain.models  # noqa: F401  every table must be known
from domain import ledger
from domain.models.base import Base, Recorded
from domain.models.identity.organizations import Organization
from domain.models.voices.annotations import Annotation
from domain.models.voices.ratings import Rating
from domain.models.voices.replies import Reply
from domain.queries.records import audit
from domain.queries.records.audit import Scope
from domain.rules.canonical import canonical_text

Model = type[Recorded] | type[Organization]

RECORDED: Sequence[Model] = (*Recorded.__subclasses__(), Organization)
# Every other table of an organization, and why the ledger need not tell what is in it.
BOOKKEEPING = {
    "heads": "the ledger itself",
    "entries": "the ledger itself",
    "revisions": "the ledger itself",
    "subjects": "copied from what is recorded: kind, journey, touchpoint, removed_at",
    "idempotency_keys": "replies kept for a day",
    "import_keys": "which key of a document became which row; the rows are recorded",
    "memberships": "where an account may sign in; the member is recorded",
    "sessions": "a session is no change to anything",
    "deadlines": "when the clock looks again; what it then does is recorded",
    "input_links": "credentials; what is answered by one is recorded",
    "visits": "read state",
    "notifications": "made from the ledger, and their read state",
    "feed_positions": "how far the ledger has been read",
    "watches": "preferences",
    "preferences": "preferences",
    "stream_tickets": "credentials",
    "presences": "presence",
    "search_words": "made from what is recorded",
    "data_points": "each delivery is recorded with the digest of its points",
    "jobs": "long work; what it does is recorded",
    "access_tokens": "credentials",
    "identities": "credentials",
    "sign_in_flows": "credentials",
    "webhook_deliveries": "made from the ledger",
    "webhook_attempts": "made from the ledger",
    "webhook_health": "made from attempts",
}
NEWEST = """
SELECT DISTINCT ON (organization_id, subject_id) organization_id, subject_id, subject_kind, version,
    content, salt
FROM revisions WHERE organization_id = ANY($1) ORDER BY organization_id, subject_id, version DESC
"""
# Words of those whom the ledger hides: telling that they were erased would tell whose they were.
EMPTIED_UNTOLD: Mapping[Model, str] = {
    Rating: '"abstention_reason":""',
    Annotation: '"body":null',
    Reply: '"body":null',
}
_excused: set[UUID] = set()


def excuse(organization_id: UUID) -> None:
    """Leave an organization out: a test has tampered with it on purpose."""
    _excused.add(organization_id)


def table_of(model: Model | type[Base]) -> Table:
    found = inspect(model).local_table
    assert isinstance(found, Table)
    return found


async def assert_ledger_complete(connection: asyncpg.Connection, *organization_ids: UUID) -> None:
    """Check the chains, and that what stands is what each newest revision says.

    The connection must see every organization. Without ids, all but the excused.
    """
    chosen = list(organization_ids) or await _all(connection)
    faults = [fault async for fault in _faults(connection, chosen)]
    assert not faults, "\n".join(faults[:20])


async def _all(connection: asyncpg.Connection) -> list[UUID]:
    rows = await connection.fetch("SELECT id FROM organizations")
    return [row["id"] for row in rows if row["id"] not in _excused]


async def _faults(connection: asyncpg.Connection, chosen: Sequence[UUID]) -> AsyncIterator[str]:
    scope = Scope(chosen[0]) if len(chosen) == 1 else Scope()
    found = [one async for step in audit.check(connection, scope) for one in step.findings]
    for finding in found:
        if finding.organization_id in chosen:
            yield str(finding)
    rows = await connection.fetch(NEWEST, chosen)
    newest = {(row["organization_id"], row["subject_id"]): row for row in rows}
    standing = [(m, told) for m in RECORDED async for told in _told(connection, m, chosen)]
    for model, told in standing:
        for fault in _differences(model, told, newest.pop(told["key"], None)):
            yield fault
    for row in newest.values():
        yield f"{row['subject_kind']} {row['subject_id']} is told and does not exist"


async def _told(
    connection: asyncpg.Connection, model: Model, chosen: Sequence[UUID]
) -> AsyncIterator[dict[str, Any]]:
    """Each row that stands: its key, its version and what the ledger should say of it."""
    links = await _links(connection, model, chosen)
    table = table_of(model)
    tenant = "id" if model is Organization else "organization_id"
    query = f'SELECT * FROM "{table.name}" WHERE {tenant} = ANY($1)'
    for row in await connection.fetch(query, chosen):
        key = (row[tenant], row["id"])
        content = {name: row[table_of(model).c[_column(model, name)].name] for name in names(model)}
        content |= {name: sorted(found.get(key, [])) for name, found in links.items()}
        yield {"key": key, "version": row["version"], "content": canonical_text(content)}


def names(model: Model) -> tuple[str, ...]:
    """The columns that the ledger digests."""
    return ledger.columns(model)


def _column(model: Model, name: str) -> str:
    column: str = inspect(model).columns[name].name
    return column


async def _links(
    connection: asyncpg.Connection, model: Model, chosen: Sequence[UUID]
) -> dict[str, dict[tuple[UUID, UUID], list[str]]]:
    """What the link tables hold, by attribute and by row."""
    links: Mapping[str, tuple[str, str]] = getattr(model, "links", {})
    found: dict[str, dict[tuple[UUID, UUID], list[str]]] = {name: {} for name in links}
    for name, (table, column) in links.items():
        query = f'SELECT * FROM "{table}" WHERE organization_id = ANY($1)'
        for row in await connection.fetch(query, chosen):
            key = (row["organization_id"], row["id"])
            found[name].setdefault(key, []).append(str(row[column]))
    return found


def _hides(model: Model, content: str) -> bool:
    return model is Rating or (model in EMPTIED_UNTOLD and '"voice":"group"' in content)


def _differences(model: Model, told: Mapping[str, Any], newest: Any) -> Iterator[str]:
    what = f"{model.subject_kind} {told['key'][1]} of organization {told['key'][0]}"
    if newest is None:
        yield f"{what} stands and is not told"
    elif newest["version"] != told["version"]:
        yield f"{what} stands at version {told['version']}, told is {newest['version']}"
    elif newest["content"] is None and _hides(model, told["content"]):
        if EMPTIED_UNTOLD[model] not in told["content"]:
            yield f"{what} keeps words whose revision was emptied"
    elif newest["content"] != told["content"]:
        yield f"{what} stands as {told['content']}, told is {newest['content']}"


def untold() -> list[str]:
    """Columns of an organization's tables that no rule accounts for, as `table.column`."""
    recorded = {table_of(model).name: model for model in RECORDED}
    linked = {
        table: {"organization_id", "id", column}
        for model in RECORDED
        for table, column in getattr(model, "links", {}).values()
    }
    return [
        f"{name}.{column.name}"
        for name, table in Base.metadata.tables.items()
        if ("organization_id" in table.c or name in recorded) and name not in BOOKKEEPING
        for column in table.c
        if column.name not in _accounted(recorded.get(name), linked.get(name, set()))
    ]


def _accounted(model: Model | None, linked: set[str]) -> set[str]:
    if model is None:
        return linked
    told = {_column(model, name) for name in names(model)}
    marked = {column.name for column in table_of(model).c if column.info.get("ledger") in MARKS}
    return told | marked | {"organization_id", "id", "version"}


MARKS = {"secret", "derived"}
