"""`touchstone backup` and `touchstone restore`: one file, by PostgreSQL's own programs."""

import asyncio
import os
import subprocess
from pathlib import Path

import asyncpg
import rich_click as click
from sqlalchemy import make_url

from api.commands.machine import machine, plain, read_settings, say
from api.embedded.programs import folder_of_programs
from api.settings import Settings

BACKUP_HELP = """
Write the whole database to a file, while it is in use.

It is one consistent picture in PostgreSQL's custom format, read by the backup role
(TOUCHSTONE_BACKUP_DATABASE_URL), which sees every organization and writes nothing. The file holds
personal data: it is made readable for you alone.

\b
Examples:
  touchstone backup touchstone.dump
  touchstone backup /backups/$(date +%F).dump
"""
RESTORE_HELP = """
Put a backup back, into an empty database.

Everybody is signed out and every open invitation and password reset is void afterwards: what was
revoked since the backup must not come back to life.

\b
Examples:
  touchstone restore touchstone.dump
  touchstone restore touchstone.dump --force     (throws away what is in the database)
"""
# Whoever holds one of these got it before the restore: sessions, resets, invitations, flows.
VOID = """
UPDATE sessions SET ended_at = now(), end_reason = 'restored' WHERE ended_at IS NULL;
UPDATE password_resets SET used_at = now() WHERE used_at IS NULL;
UPDATE invitations SET secret_hash = sha256(uuid_send(gen_random_uuid())) WHERE status = 'pending';
DELETE FROM sign_in_flows;
DELETE FROM idempotency_keys;
"""
EMPTY = """
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
"""
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


@click.command(help=BACKUP_HELP)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    with machine(read_settings()) as settings:
        url = _need(settings.backup_database_url, "TOUCHSTONE_BACKUP_DATABASE_URL")
        draft = file.with_name(file.name + ".part")
        draft.touch(0o600)
        try:
            _run(settings, "pg_dump", url, "--format=custom", f"--file={draft}")
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    say(f"Wrote {file} ({file.stat().st_size / 1024:.0f} KiB).")


@click.command(help=RESTORE_HELP)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Throw away what is in the database.")
def restore(file: Path, force: bool) -> None:
    with machine(read_settings(), alone=True) as settings:
        url = _need(settings.owner_database_url, "TOUCHSTONE_OWNER_DATABASE_URL")
        if asyncio.run(_value(url, TABLES)):
            if not force:
                raise click.ClickException(
                    "The database is not empty. --force throws away what is in it."
                )
            asyncio.run(_execute(url, EMPTY))
        options = ("--no-owner", "--exit-on-error", "--single-transaction", "--dbname=")
        _run(settings, "pg_restore", url, *options, str(file))
        asyncio.run(_execute(url, VOID))
    say(f"Restored {file}. Everybody has to sign in again; open invitations must be sent anew.")


def _need(url: str, name: str) -> str:
    if not url:
        raise click.ClickException(f"{name} is missing: it is the role that does this.")
    return url


def _run(settings: Settings, program: str, url: str, *arguments: str) -> None:
    """Run a program of PostgreSQL; the password goes by the environment, where nobody sees it."""
    address = make_url(url)
    environ = {
        "PGHOST": str(address.query.get("host") or address.host or ""),
        "PGPORT": str(address.port or 5432),
        "PGUSER": address.username or "",
        "PGPASSWORD": str(address.password or ""),
        "PGDATABASE": address.database or "",
        "PGSSLMODE": str(address.query.get("sslmode") or address.query.get("ssl") or "prefer"),
    }
    command = [
        str(folder_of_programs(settings.postgres_bin) / program),
        *(f"--dbname={environ['PGDATABASE']}" if a == "--dbname=" else a for a in arguments),
    ]
    done = subprocess.run(command, env={**os.environ, **environ}, capture_output=True, text=True)
    if done.returncode:
        raise click.ClickException(f"{program} failed:\n{done.stderr.strip()}")


async def _execute(url: str, script: str) -> None:
    connection = await asyncpg.connect(plain(url))
    try:
        async with connection.transaction():
            await connection.execute(script)
    finally:
        await connection.close()


async def _value(url: str, query: str) -> object:
    connection = await asyncpg.connect(plain(url))
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()
