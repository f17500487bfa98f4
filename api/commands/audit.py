"""`touchstone audit`: what an auditor asks of the ledger."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import rich_click as click
from click.exceptions import Exit

from api.commands.machine import machine, plain, read_settings, say
from api.embedded.errors import EmbeddedError
from api.settings import SettingsError
from domain.errors import NotFound
from domain.queries.records import audit as auditing
from domain.queries.records.audit import Finding
from domain.queries.records.exports import export as exported

HELP = """
Prove that the ledger is complete and unaltered, or take it elsewhere to be checked.

\b
Examples:
  touchstone audit verify
  touchstone audit verify --organization 0198c0de-77aa-7000-8000-000000000000
  touchstone audit export 0198c0de-77aa-7000-8000-000000000000 ledger.jsonl
"""
VERIFY_HELP = """
Recompute every entry of the ledger and say what does not hold.

For every stream (a journey, or the organization): revisions without a gap from 1, each entry linked
to the one before and hashing to what it states, the head where the chain ends; every entry with its
content and every content with its entry, digests wherever content has not been erased, the versions
of each thing without a gap, and the live rows at the version the ledger ends with. It reads one
snapshot as the backup role (TOUCHSTONE_BACKUP_DATABASE_URL) while the service goes on.

Whoever can write to the database can rewrite a chain from some entry to its head, or cut off its
newest entries, so that everything fits. Only a head kept elsewhere shows that: keep exports, and
give an earlier one to `python verify_export.py --anchor`, which needs nothing of Touchstone.

\b
Exit code: 0 everything holds; 1 tampered with (first finding first, then all others);
           2 cannot tell (no database, no such organization, a role that does not see everything).

\b
Examples:
  touchstone audit verify
  touchstone audit verify --organization 0198c0de-77aa-7000-8000-000000000000
  touchstone audit verify --stream 0198c0de-88bb-7000-8000-000000000000
"""
EXPORT_HELP = """
Write the ledger of one organization to a file that can be checked without Touchstone.

The file is lines of JSON, described in domain/DECISIONS.md. domain/verify_export.py checks it: one
file that needs Python and nothing else. The export holds everything that was ever written and
not erased, personal data included: it is made readable for you alone.

\b
Examples:
  touchstone audit export 0198c0de-77aa-7000-8000-000000000000 ledger.jsonl
  python domain/verify_export.py ledger.jsonl
"""
VARIABLE = "TOUCHSTONE_BACKUP_DATABASE_URL"
SEES_ALL = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
DOUBTS = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, EmbeddedError, SettingsError)

Tell = Callable[[int], None]


class CannotTell(click.ClickException):
    """Neither "it holds" nor "it was tampered with"."""

    exit_code = 2


@click.group(help=HELP)
def audit() -> None:
    pass


@audit.command(help=VERIFY_HELP)
@click.option("--organization", type=click.UUID, help="Only this organization.")
@click.option("--stream", type=click.UUID, help="Only this journey, or organization's own stream.")
def verify(organization: UUID | None, stream: UUID | None) -> None:
    with _settled() as url:
        findings, streams, entries, seconds = asyncio.run(_verify(url, organization, stream))
    for finding in findings:
        say(f"tampered: {finding}")
    if findings:
        raise Exit(1)
    rate = f"{seconds:.1f} s, {entries / max(seconds, 0.001):,.0f} entries/s"
    say(f"ok: {streams} streams, {entries:,} entries; every hash and digest holds ({rate})")


@audit.command(help=EXPORT_HELP)
@click.argument("organization", type=click.UUID)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(organization: UUID, file: Path) -> None:
    draft = file.with_name(file.name + ".part")
    with _settled() as url:
        try:
            draft.touch(0o600)
            entries = asyncio.run(_export(url, organization, draft))
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    say(f"Wrote {entries:,} entries to {file}. Check them: python domain/verify_export.py {file}")


@contextmanager
def _settled() -> Iterator[str]:
    """The address of the backup role; whatever goes wrong means that nobody can tell."""
    try:
        with machine(read_settings()) as settings:
            if not settings.backup_database_url:
                raise CannotTell(f"{VARIABLE} is missing: it is the role that sees everything.")
            yield plain(settings.backup_database_url)
    except NotFound as error:
        raise CannotTell("There is no such organization or stream.") from error
    except DOUBTS as error:
        raise CannotTell(str(error) or type(error).__name__) from error


@asynccontextmanager
async def _snapshot(url: str) -> AsyncIterator[Any]:
    """One picture of the database, whatever is written meanwhile."""
    connection = await asyncpg.connect(url, statement_cache_size=0, timeout=10)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            await connection.execute("SET LOCAL search_path = pg_catalog, public")
            if not await connection.fetchval(SEES_ALL):
                raise CannotTell(f"{VARIABLE} names a role that does not see every organization.")
            yield connection
    finally:
        await connection.close()


@contextmanager
def _progress(total: int, label: str) -> Iterator[Tell]:
    """A bar on a terminal, silence elsewhere."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=total, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield bar.update


async def _verify(
    url: str, organization: UUID | None, stream: UUID | None
) -> tuple[list[Finding], int, int, float]:
    """What does not hold, how many streams and entries were looked at, and for how long."""
    async with _snapshot(url) as connection:
        scope = await auditing.scope(connection, organization, stream)
        streams, total = await auditing.extent(connection, scope)
        began, entries, findings = time.monotonic(), 0, list[Finding]()
        with _progress(total, "Verifying") as tell:
            async for step in auditing.check(connection, scope):
                entries += step.entries
                findings += step.findings
                tell(step.entries)
        return findings, streams, entries, time.monotonic() - began


async def _export(url: str, organization: UUID, draft: Path) -> int:
    """Write the lines; how many entries they hold."""
    entries = 0
    async with _snapshot(url) as connection:
        scope = await auditing.scope(connection, organization, None)
        _, total = await auditing.extent(connection, scope)
        with (
            draft.open("w", encoding="utf-8", newline="\n") as file,
            _progress(total, "Exporting") as tell,
        ):
            async for count, lines in exported(connection, organization):
                file.write(lines)
                entries += count
                tell(count)
    return entries
