"""Whether the ledger holds: everything is recomputed in the database, only findings come back.

The bytes are those of domain/rules/canonical.py, in SQL; the tests hold the two against each other.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from domain.database import Driver, Hot, hot
from domain.errors import NotFound
from domain.queries.records import audit_sql as sql

PAGE = 20_000
LOWEST, HIGHEST = -(2**63), 2**63 - 1
LOWEST_ID, HIGHEST_ID = UUID(int=0), UUID(int=2**128 - 1)

_KNOWN = hot(text(sql.KNOWN))
_EXTENT = hot(text(sql.EXTENT))
_BOUND = hot(text(sql.BOUND))
_ENTRIES = hot(text(sql.ENTRIES))
# What is left to ask once every entry has been recomputed.
_WHOLE = [hot(text(each)) for each in (sql.HEADS, sql.STREAMS, sql.UNNAMED, sql.VERSIONS, sql.LIVE)]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold, and where; `revision` is None when a whole stream is meant."""

    organization_id: UUID
    stream_id: UUID
    revision: int | None
    reason: str

    def __str__(self) -> str:
        """Say it in one line."""
        place = "" if self.revision is None else f" revision {self.revision}"
        return f"organization {self.organization_id} stream {self.stream_id}{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What one step looked at."""

    entries: int
    findings: list[Finding]


async def _run(driver: Driver, statement: Hot, **given: Any) -> list[Any]:
    return await driver.fetch(statement.text, *statement.arguments(given))


@dataclass(frozen=True, slots=True)
class Scope:
    """What to check: everything, one organization, or one stream."""

    organization_id: UUID | None = None
    stream_id: UUID | None = None

    @property
    def where(self) -> dict[str, Any]:
        """It, as parameters."""
        first, last = self.organization_id or LOWEST_ID, self.organization_id or HIGHEST_ID
        return {"first": first, "last": last, "stream_id": self.stream_id}

    @property
    def start(self) -> dict[str, Any]:
        """Before its first entry."""
        return {
            "after_organization": self.organization_id or LOWEST_ID,
            "after_stream": self.stream_id or LOWEST_ID,
            "after_revision": LOWEST,
            "after_hash": None,
        }

    @property
    def end(self) -> dict[str, Any]:
        """Its last entry."""
        return {
            "until_organization": self.organization_id or HIGHEST_ID,
            "until_stream": self.stream_id or HIGHEST_ID,
            "until_revision": HIGHEST,
        }


async def scope(driver: Driver, organization_id: UUID | None, stream_id: UUID | None) -> Scope:
    """What is meant by two ids that may be missing; NotFound when there is no such thing."""
    asked = Scope(organization_id, stream_id)
    found = await _run(driver, _KNOWN, **asked.where)
    if not found and (organization_id or stream_id):
        raise NotFound
    return Scope(found[0]["id"], stream_id) if stream_id else asked


async def extent(driver: Driver, scope: Scope) -> tuple[int, int]:
    """How many streams there are to check, and how many entries their heads announce."""
    rows = await _run(driver, _EXTENT, **scope.where)
    return rows[0]["streams"], rows[0]["entries"]


async def check(driver: Driver, scope: Scope) -> AsyncIterator[Checked]:
    """Check what is in scope, in steps; the transaction must be a snapshot."""
    async for step in _chains(driver, scope):
        yield step
    for statement in _WHOLE:
        rows = await _run(driver, statement, **scope.where)
        yield Checked(0, [_finding(row, row["reason"]) for row in rows])


async def _chains(driver: Driver, scope: Scope) -> AsyncIterator[Checked]:
    """Recompute every entry, one page after another."""
    after = scope.start
    while after:
        begin = {name: value for name, value in after.items() if name != "after_hash"}
        bound = await _run(driver, _BOUND, skip=PAGE - 1, **begin, **scope.end)
        until = {name: bound[0][name] for name in scope.end} if bound else scope.end
        rows = await _run(driver, _ENTRIES, **after, **until)
        findings = [_finding(row, "; ".join(row["faults"])) for row in rows[1:]]
        yield Checked(rows[0]["revision"], findings)
        after = {name: bound[0][name] for name in after} if bound else {}


def _finding(row: Any, reason: str) -> Finding:
    return Finding(row["organization_id"], row["stream_id"], row["revision"], reason)
