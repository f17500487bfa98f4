"""The ledger of an organization as lines for whoever checks it elsewhere (domain/DECISIONS.md)."""

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from domain.clock import now
from domain.database import Driver, Hot, hot
from domain.models.records.ledger import Entry, Head, Revision
from domain.queries.readers import ORGANIZATION
from domain.rules import canonical

FORMAT = "touchstone-ledger/1"
BATCH = 5_000

_R = aliased(Revision)
_HEADS = hot(
    select(Head.stream_id, Head.kind, Head.revision, Head.hash)
    .where(Head.organization_id == ORGANIZATION)
    .order_by(Head.kind.desc(), Head.stream_id)
)
_ENTRIES = hot(
    select(
        *Entry.__table__.c,
        _R.subject_id.label("told_subject"),
        _R.subject_kind.label("told_kind"),
        _R.version.label("told_version"),
        _R.content,
        _R.salt,
    )
    .outerjoin(
        _R,
        (_R.organization_id == Entry.organization_id)
        & (_R.stream_id == Entry.stream_id)
        & (_R.revision == Entry.revision),
    )
    .where(
        Entry.organization_id == ORGANIZATION,
        Entry.stream_id == bindparam("stream_id"),
        Entry.revision > bindparam("after"),
    )
    .order_by(Entry.revision)
    .limit(BATCH)
)


async def _run(driver: Driver, statement: Hot, **given: Any) -> list[Any]:
    return await driver.fetch(statement.text, *statement.arguments(given))


async def export(driver: Driver, organization_id: UUID) -> AsyncIterator[tuple[int, str]]:
    """An organization's ledger in batches: how many entries, and their lines.

    The transaction must be a snapshot, or a head could be newer than its entries.
    """
    counts = {"streams": 0, "entries": 0, "revisions": 0}
    header = {"format": FORMAT, "organization_id": str(organization_id)}
    yield 0, _line(header | {"exported_at": canonical.instant(now())})
    for head in await _run(driver, _HEADS, organization_id=organization_id):
        counts["streams"] += 1
        yield 0, _line(_stream(head))
        after = -(2**63)
        while rows := await _entries(driver, organization_id, head["stream_id"], after):
            after = rows[-1]["revision"]
            lines = [line for row in rows for line in _lines(row)]
            counts["entries"] += len(rows)
            counts["revisions"] += len(lines) - len(rows)
            yield len(rows), "".join(map(_line, lines))
    yield 0, _line({"end": counts})


async def _entries(driver: Driver, organization_id: UUID, stream_id: UUID, after: int) -> Any:
    where = {"organization_id": organization_id, "stream_id": stream_id}
    return await _run(driver, _ENTRIES, after=after, **where)


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def _hex(value: bytes | None) -> str | None:
    return None if value is None else value.hex()


def _stream(head: Any) -> dict[str, Any]:
    return {
        "stream": str(head["stream_id"]),
        "kind": head["kind"],
        "revision": head["revision"],
        "hash": head["hash"].hex(),
    }


def _lines(row: Any) -> list[dict[str, Any]]:
    """An entry, and the content it names if that is there."""
    place = {"stream_id": str(row["stream_id"]), "revision": row["revision"]}
    entry = place | {
        "at": row["at"],
        "actor_kind": row["actor_kind"],
        "actor_id": None if row["actor_id"] is None else str(row["actor_id"]),
        "commitment": _hex(row["actor_commitment"]),
        "verb": row["verb"],
        "subject_kind": row["subject_kind"],
        "subject_id": str(row["subject_id"]),
        "version": row["version"],
        "digest": row["digest"].hex(),
        "prev_hash": row["prev_hash"].hex(),
        "hash": row["hash"].hex(),
    }
    if row["told_subject"] is None:
        return [{"entry": entry}]
    told = place | {
        "subject_kind": row["told_kind"],
        "subject_id": str(row["told_subject"]),
        "version": row["told_version"],
        "content": row["content"],
        "salt": _hex(row["salt"]),
    }
    return [{"entry": entry}, {"revision": told}]
