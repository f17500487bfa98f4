"""The command line, on a database of its own."""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from click.testing import CliRunner, Result

from api.auth.passwords import Passwords
from api.auth.tokens import Tokens
from api.cli import main
from api.commands.machine import plain
from api.embedded.cluster import Cluster
from api.embedded.place import SUPERUSER
from api.embedded.roles import APP, BACKUP, OWNER, roles_sql
from api.plugins.database import Database, make_engine
from api.plugins.migration import downgrade
from api.plugins.revision import newest
from tests.api.machine.test_embedded import connected
from tests.cluster import migrated, settings_for, started_cluster
from tests.world import Org, World

SEEN = """
SELECT (SELECT count(*) FROM sessions WHERE ended_at IS NULL) AS sessions,
       (SELECT count(*) FROM password_resets WHERE used_at IS NULL) AS resets,
       (SELECT count(*) FROM invitations WHERE secret_hash = '\\x00') AS invitations,
       (SELECT count(*) FROM sign_in_flows) AS flows,
       (SELECT count(*) FROM accounts) AS accounts
"""
PROMISES = """
INSERT INTO sessions (id, account_id, organization_id, member_id, generation, seed, device,
    created_at, used_at, scopes, expires_at)
SELECT gen_random_uuid(), account_id, organization_id, id, 0, '\\x00', '', now(), now(),
       ARRAY['read'], now() + interval '90 days' FROM members LIMIT 1;
INSERT INTO password_resets (id, account_id, secret_hash, expires_at, created_at)
SELECT gen_random_uuid(), id, '\\x01', now() + interval '1 day', now() FROM accounts LIMIT 1;
INSERT INTO invitations (organization_id, id, email, name, title, "group", administrator,
    may_create_journeys, status, invited_by, secret_hash, expires_at, created_at, updated_at,
    version)
SELECT organization_id, gen_random_uuid(), 'new@example.org', 'New', '', 'executive', false, false,
       'pending', id, '\\x00', now() + interval '1 day', now(), now(), 1 FROM members LIMIT 1;
INSERT INTO identity_providers (organization_id, id, name, issuer, client_id, scopes, redirect_uris,
    group_claim, group_map, department_claim, department_map, joins, enabled, created_by,
    created_at, updated_at, version)
SELECT organization_id, id, '', '', '', '{}', '{}', '', '{}', '', '{}', false, true, id, now(),
       now(), 1 FROM members LIMIT 1;
INSERT INTO sign_in_flows (organization_id, id, provider_id, secret_hash, state_hash, nonce,
    verifier, redirect_uri, device, created_at, expires_at)
SELECT organization_id, id, id, '\\x02', '\\x03', '', '\\x04', '', '', now(),
       now() + interval '10 minutes' FROM members LIMIT 1;
"""


@dataclass
class Terminal:
    """The command line, in an environment that names a database."""

    cluster: Cluster
    environ: dict[str, str]

    async def run(self, *arguments: str, typed: str = "") -> Result:
        """Run `touchstone` in a thread of its own, as it brings its own event loop."""
        return await asyncio.to_thread(
            CliRunner().invoke, main, arguments, env=self.environ, input=typed
        )


@pytest.fixture(scope="module")
async def terminal() -> AsyncIterator[Terminal]:
    """A command line whose environment names a migrated cluster of its own."""
    cluster = migrated(started_cluster())
    settings = settings_for(cluster)
    yield Terminal(cluster, settings.environ())
    cluster.stop()


@pytest.fixture
async def org(terminal: Terminal, http: httpx.AsyncClient) -> AsyncIterator[Org]:
    """An organization in that database; its founder is signed in."""
    settings = settings_for(terminal.cluster)
    database = Database(make_engine(settings.database_url, 2))
    tokens = Tokens([settings.secret], issuer=settings.public_url)
    yield await World(http, database, tokens).organization()
    await database.close()


async def seen(terminal: Terminal, query: str = SEEN) -> dict[str, Any]:
    """Look into the database as a role that sees everything."""
    async with connected(terminal.cluster.url(BACKUP)) as connection:
        return dict(await connection.fetchrow(query))


async def test_a_restore_brings_everything_back_but_what_was_handed_out(
    terminal: Terminal, org: Org, tmp_path: Path
) -> None:
    file = tmp_path / "touchstone.dump"
    async with connected(terminal.cluster.url(OWNER)) as connection:
        await connection.execute(PROMISES)
    before = await seen(terminal)
    assert before == {"sessions": 2, "resets": 1, "invitations": 1, "flows": 1, "accounts": 1}

    written = await terminal.run("backup", str(file))
    assert written.exit_code == 0, written.output
    assert file.stat().st_mode & 0o077 == 0

    refused = await terminal.run("restore", str(file))
    assert refused.exit_code != 0
    assert "not empty" in refused.output
    assert await seen(terminal) == before

    restored = await terminal.run("restore", str(file), "--force")
    assert restored.exit_code == 0, restored.output
    assert await seen(terminal) == before | {
        "sessions": 0,
        "resets": 0,
        "invitations": 0,
        "flows": 0,
    }


async def test_a_restored_database_is_walled_like_the_first(
    terminal: Terminal, org: Org, tmp_path: Path
) -> None:
    walls = """
    SELECT json_agg(t ORDER BY t) FROM (
        SELECT format('%s %s %s %s', tablename, policyname, roles, qual) AS t FROM pg_policies
        UNION ALL SELECT format('%s %s %s %s', relname, relrowsecurity, relforcerowsecurity, relacl)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    ) AS t"""
    before = await seen(terminal, walls)
    await terminal.run("backup", str(tmp_path / "dump"))
    assert (await terminal.run("restore", str(tmp_path / "dump"), "--force")).exit_code == 0
    assert await seen(terminal, walls) == before
    assert "members t t {" in str(before)
    async with connected(terminal.cluster.url(APP)) as connection:
        assert await connection.fetchval("SELECT count(*) FROM members") == 0


async def test_a_backup_that_fails_leaves_no_half_file(terminal: Terminal, tmp_path: Path) -> None:
    environ = terminal.environ | {"TOUCHSTONE_BACKUP_DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}
    failed = await Terminal(terminal.cluster, environ).run("backup", str(tmp_path / "dump"))
    assert failed.exit_code != 0
    assert "pg_dump failed" in failed.output
    assert not os.listdir(tmp_path)


async def test_reset_password_signs_out_and_sets_the_password(terminal: Terminal, org: Org) -> None:
    email = org.admin.email
    done = await terminal.run("reset-password", email.upper())
    assert done.exit_code == 0, done.output
    password = done.output.split()[-1]
    query = f"SELECT password_hash FROM accounts WHERE email = '{email}'"
    stored = (await seen(terminal, query))["password_hash"]
    assert await Passwords().check(password, stored)
    query = f"SELECT ended_at FROM sessions WHERE account_id = '{org.admin.principal.account_id}'"
    assert (await seen(terminal, query))["ended_at"]


@pytest.mark.parametrize(
    ("arguments", "typed", "says"),
    [
        (["reset-password", "nobody@example.org"], "", "no account"),
        (["reset-password", "a@example.org", "--ask"], "short\nshort\n", "at least 8"),
        (["restore", "nothing.dump"], "", "does not exist"),
        (["serve", "--port", "70000"], "", "TOUCHSTONE_PORT"),
        (["serve", "--workers", "many"], "", "not a valid integer"),
        (["migrate", "--chek"], "", "--check"),
    ],
)
async def test_a_mistake_is_answered_in_words(
    terminal: Terminal, arguments: list[str], typed: str, says: str
) -> None:
    answer = await terminal.run(*arguments, typed=typed)
    assert answer.exit_code in {1, 2}
    assert says in answer.output
    assert "Traceback" not in answer.output


async def test_migrate_says_where_the_database_stands(terminal: Terminal) -> None:
    head = newest()
    await asyncio.to_thread(downgrade, terminal.cluster.url(OWNER), "-1")
    behind = await terminal.run("migrate", "--check")
    assert behind.exit_code == 1
    assert f"this release needs {head}" in behind.output
    assert f"to {head}" in (await terminal.run("migrate")).output
    assert f"Already at {head}" in (await terminal.run("migrate")).output
    assert (await terminal.run("migrate", "--check")).exit_code == 0


async def test_migrate_needs_the_owner(terminal: Terminal) -> None:
    environ = terminal.environ | {"TOUCHSTONE_OWNER_DATABASE_URL": ""}
    refused = await Terminal(terminal.cluster, environ).run("migrate")
    assert "TOUCHSTONE_OWNER_DATABASE_URL is missing" in refused.output


async def test_an_owner_as_the_application_is_refused(terminal: Terminal) -> None:
    environ = terminal.environ | {"DATABASE_URL": terminal.cluster.url(OWNER)}
    refused = await Terminal(terminal.cluster, environ).run("migrate")
    assert refused.exit_code == 1
    assert "owns tables" in refused.output


async def test_the_printed_roles_can_be_run_by_psql_again_and_again(terminal: Terminal) -> None:
    cluster = terminal.cluster
    printed = await terminal.run("migrate", "--print-roles")
    passwords = cluster.place.secrets()
    assert not any(password in printed.output for password in passwords.values())
    run_psql(cluster, printed.output)
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(plain(cluster.url(APP)))
    run_psql(cluster, roles_sql(passwords))
    assert (await seen(terminal, "SELECT 1 AS one"))["one"] == 1


def run_psql(cluster: Cluster, script: str) -> None:
    """Run a script as the superuser, as an administrator would."""
    subprocess.run(
        [cluster.programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", cluster.socket],
        input=script,
        env={"PGUSER": SUPERUSER, "PGPASSWORD": cluster.place.secrets()[SUPERUSER]},
        text=True,
        check=True,
    )


@pytest.mark.parametrize("command", sorted(main.commands))
async def test_help_gives_examples(terminal: Terminal, command: str) -> None:
    shown = await terminal.run(command, "--help")
    assert shown.exit_code == 0
    assert "Example" in shown.output
    assert f"touchstone {command}" in shown.output


def test_every_command_is_listed() -> None:
    assert {"serve", "migrate", "openapi", "backup", "restore", "audit", "reset-password"} <= set(
        main.commands
    )
