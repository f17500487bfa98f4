"""What the database holds, read as its owner: traces of a word, and whether the ledger holds."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from api.settings import Settings
from domain.models.base import Base
from domain.rules import canonical
from domain.rules.canonical import ActorKind, EntryBody

_ENTRIES = text(
    "SELECT e.*, r.content, r.salt FROM entries e JOIN revisions r"
    " USING (organization_id, stream_id, revision) WHERE e.organization_id = :organization_id"
    " ORDER BY stream_id, revision"
)
_HEADS = text(
    "SELECT stream_id, revision, hash FROM heads WHERE organization_id = :organization_id"
)
# What is emptied of something that hides its author is told by no entry.
_UNTOLD = text(
    "SELECT count(*) FROM revisions r WHERE organization_id = :organization_id AND content IS NULL"
    " AND NOT EXISTS (SELECT FROM revisions l WHERE l.organization_id = r.organization_id"
    " AND l.subject_id = r.subject_id AND l.version > r.version)"
    " AND NOT EXISTS (SELECT FROM entries h WHERE h.organization_id = r.organization_id"
    " AND h.subject_id = r.subject_id AND h.actor_kind = 'hidden')"
)


@asynccontextmanager
async def as_owner(settings: Settings) -> AsyncIterator[AsyncConnection]:
    """The owner sees the rows of every organization."""
    engine = create_async_engine(settings.owner_database_url)
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


async def traces(owner: AsyncConnection, word: str) -> dict[str, int]:
    """In how many rows of each table a word stands, in whatever column: text, array or bytes."""
    found = {}
    for name in Base.metadata.tables:
        holds = "one::text ILIKE :word OR one::text LIKE :hex"
        rows = text(f'SELECT count(*) FROM "{name}" AS one WHERE {holds}')
        given = {"word": f"%{word}%", "hex": f"%{word.encode().hex()}%"}
        if count := (await owner.execute(rows, given)).scalar_one():
            found[name] = count
    return found


async def faults(owner: AsyncConnection, organization_id: UUID) -> list[str]:
    """Where the ledger of an organization does not hold: numbers, hashes, digests, heads."""
    given = {"organization_id": organization_id}
    reached: dict[UUID, tuple[int, bytes]] = {}
    wrong: list[str] = []
    for row in (await owner.execute(_ENTRIES, given)).mappings():
        wrong += _faults(row, *reached.get(row["stream_id"], (0, canonical.GENESIS)))
        reached[row["stream_id"]] = row["revision"], row["hash"]
    heads = (await owner.execute(_HEADS, given)).mappings()
    stands = {head["stream_id"]: (head["revision"], head["hash"]) for head in heads}
    wrong += [] if stands == reached else ["heads"]
    untold = (await owner.execute(_UNTOLD, given)).scalar_one()
    return [*wrong, f"{untold} present states told by no revision"] if untold else wrong


def _faults(row: Any, number: int, previous: bytes) -> list[str]:
    """What is wrong with one entry that must follow another."""
    told = row["content"]
    holds = {
        "number": row["revision"] == number + 1,
        "link": row["prev_hash"] == previous,
        "hash": row["hash"] == sha256(previous + canonical.entry_bytes(body_of(row))).digest(),
        "digest": told is None or row["digest"] == canonical.digest(row["salt"], told),
    }
    return [f"{what} of {row['revision']}" for what, right in holds.items() if not right]


def body_of(row: Any) -> EntryBody:
    """The entry as it was hashed."""
    kind = ActorKind(row["actor_kind"])
    member = row["actor_id"].bytes if row["actor_id"] else b""
    return EntryBody(
        row["organization_id"], row["stream_id"], row["revision"], row["at"], kind,
        row["actor_commitment"] or member, row["verb"], row["subject_kind"], row["subject_id"],
        row["version"], row["digest"],
    )  # fmt: skip
