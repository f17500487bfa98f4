"""The walls between organizations, as the catalog of the database has them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from typing import Any

import asyncpg
import pytest

import domain.models  # noqa: F401  every table must be known
from api.commands.machine import plain
from api.embedded.cluster import Cluster
from api.embedded.place import SUPERUSER
from api.embedded.roles import APP, BACKUP, OWNER, WORKER
from domain.models.base import Base
from tests.cluster import connected
from tests.each import each
from tests.world import World

# Reached only by the identity module; nothing else may be without its organization.
GLOBAL = {"accounts", "organizations", "memberships", "sessions", "throttles", "password_resets"}
TENANT = sorted(set(Base.metadata.tables) - GLOBAL)
SEEN_BY_WORKER = {
    "deadlines",
    "feed_positions",
    "heads",
    "jobs",
    "preferences",
    "webhook_deliveries",
}
POLICY = (
    "(organization_id = (NULLIF(current_setting('touchstone.organization_id'::text, true),"
    " ''::text))::uuid)"
)
POWERS = """
SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication AS mighty, rolbypassrls,
    (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid) AS owned,
    has_schema_privilege(oid, 'public', 'CREATE') AS creates,
    has_database_privilege(oid, current_database(), 'CREATE, TEMPORARY') AS makes,
    (SELECT count(*) FROM pg_auth_members WHERE member = pg_roles.oid) AS groups
FROM pg_roles WHERE rolname = ANY($1)
"""
FUNCTION = """proname, prosecdef, pg_get_userbyid(proowner), proconfig,
    has_function_privilege('touchstone_app', oid, 'EXECUTE'),
    has_function_privilege('touchstone_worker', oid, 'EXECUTE')"""
# What looks with the owner's eyes is asked by the application alone: `search` asks itself who may
# see what, `touchstone_heads` tells a number to whoever knows both ids. The other only joins texts.
SEARCH_SETTINGS = [
    "search_path=pg_catalog, public, pg_temp",
    "plan_cache_mode=force_custom_plan",
    "max_parallel_workers_per_gather=0",
    "jit=off",
]
DOORS = [
    ("joined", False, OWNER, None, True, True),
    ("search", True, OWNER, SEARCH_SETTINGS, True, False),
    ("search_results", True, OWNER, SEARCH_SETTINGS, True, False),
    ("touchstone_heads", True, OWNER, ["search_path=pg_catalog, pg_temp"], True, False),
]
FORBIDDEN_TO_THE_APPLICATION = [
    "UPDATE entries SET at = 0",
    "DELETE FROM entries",
    "DELETE FROM revisions",
    "UPDATE revisions SET revision = 0",
    "UPDATE revisions SET subject_id = NULL",
    "DELETE FROM heads",
    "DELETE FROM journeys",
    "DELETE FROM annotations",
    "DELETE FROM members",
    "DELETE FROM organizations",
    "DROP TABLE entries",
    "ALTER TABLE entries DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE entries NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY tenant ON entries",
    "CREATE POLICY mine ON entries USING (true)",
    "CREATE TABLE mine (id integer)",
    "CREATE TEMPORARY TABLE mine (id integer)",
    "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "CREATE ROLE mine",
    "ALTER ROLE touchstone_app BYPASSRLS",
    "GRANT touchstone_owner TO touchstone_app",
    f"SET ROLE {OWNER}",
    f"SET ROLE {BACKUP}",
    f"SET SESSION AUTHORIZATION {OWNER}",
    "SET session_replication_role = replica",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY accounts TO PROGRAM 'cat'",
    "DELETE FROM alembic_version",
    *(f"TRUNCATE {table}" for table in sorted(Base.metadata.tables)),
]
FORBIDDEN_TO_THE_BACKUP = [
    "UPDATE heads SET revision = 0",
    "DELETE FROM entries",
    "TRUNCATE accounts",
    f"SET ROLE {OWNER}",
]


@pytest.fixture
async def catalog(cluster: Cluster) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(plain(cluster.url(SUPERUSER)))
    yield connection
    await connection.close()


async def column(connection: asyncpg.Connection, query: str, *given: Any) -> Sequence[Any]:
    return [row[0] for row in await connection.fetch(query, *given)]


async def test_every_table_belongs_to_organizations_or_is_on_the_closed_list(
    catalog: asyncpg.Connection,
) -> None:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    assert await column(catalog, query) == sorted([*TENANT, *GLOBAL, "alembic_version"])
    assert all("organization_id" in Base.metadata.tables[name].c for name in TENANT)


async def test_row_level_security_is_on_and_forced_everywhere(catalog: asyncpg.Connection) -> None:
    query = """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND relkind = 'r' AND relrowsecurity AND relforcerowsecurity ORDER BY 1"""
    assert await column(catalog, query) == TENANT


async def test_each_table_has_the_one_policy_and_the_owners(catalog: asyncpg.Connection) -> None:
    rows = await catalog.fetch("SELECT * FROM pg_policies WHERE schemaname = 'public'")
    found = {(row["tablename"], row["policyname"]): row for row in rows}
    for table in SEEN_BY_WORKER:
        clock = found.pop((table, "worker"))
        assert (clock["cmd"], clock["qual"], clock["roles"]) == ("SELECT", "true", [WORKER])
    assert set(found) == {(name, policy) for name in TENANT for policy in ("tenant", "owner")}
    for (name, policy), row in found.items():
        walled = (POLICY, ["public"]) if policy == "tenant" else ("true", [OWNER])
        assert (row["qual"], row["roles"]) == walled, name
        assert row["with_check"] == row["qual"], name
        assert (row["cmd"], row["permissive"]) == ("ALL", "PERMISSIVE"), name


async def test_unique_and_foreign_keys_lead_with_the_organization(
    catalog: asyncpg.Connection,
) -> None:
    indexes = """SELECT i.indexrelid::regclass::text FROM pg_index i
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indisunique AND i.indrelid = ANY($1::regclass[]) AND a.attname <> $2"""
    assert await column(catalog, indexes, TENANT, "organization_id") == []
    keys = """SELECT c.conname FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.conrelid = ANY($1::regclass[]) AND a.attname <> $2"""
    assert await column(catalog, keys, TENANT, "organization_id") == ["fk_members_account_id"]


async def test_nothing_else_opens_a_door(catalog: asyncpg.Connection) -> None:
    """A view or a definer's function reads with the rights of who made it."""
    views = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    assert await column(catalog, f"{views} AND relkind IN ('v', 'm', 'f', 'p')") == []
    query = f"SELECT {FUNCTION} FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1"
    assert [tuple(row) for row in await catalog.fetch(query)] == DOORS


async def test_a_head_is_told_by_its_whole_name_and_nothing_else(
    cluster: Cluster, world: World
) -> None:
    one, other = await world.organization(), await world.organization()
    query = "SELECT * FROM touchstone_heads($1, $2)"
    application = await asyncpg.connect(plain(cluster.url(APP)))
    try:
        right = await application.fetch(query, [one.id, other.id], [one.id, other.id])
        crossed = await application.fetch(query, [one.id, other.id], [other.id, one.id])
    finally:
        await application.close()
    assert {row["organization_id"] for row in right} == {one.id, other.id}
    assert next(list(row.keys()) for row in right) == ["organization_id", "stream_id", "revision"]
    assert crossed == []


async def test_the_roles_have_no_more_power_than_they_need(catalog: asyncpg.Connection) -> None:
    roles = {row["rolname"]: row for row in await catalog.fetch(POWERS, [APP, WORKER, BACKUP])}
    for name in (APP, WORKER, BACKUP):
        row = roles[name]
        powers = ("mighty", "creates", "makes", "owned")
        assert not any(row[power] for power in powers), name
        assert row["rolbypassrls"] is (name == BACKUP)
        assert row["groups"] == (1 if name == BACKUP else 0)


@pytest.fixture(scope="module")
async def roles(cluster: Cluster) -> AsyncIterator[dict[str, asyncpg.Connection]]:
    """A connection of each role, which may write as far as it is up to the connection."""
    async with AsyncExitStack() as stack:
        made = {}
        for role in (APP, BACKUP, WORKER):
            made[role] = await stack.enter_async_context(connected(cluster.url(role)))
            await made[role].execute("SET default_transaction_read_only = off")
        yield made


async def refused(connection: asyncpg.Connection, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError) as caught:
        await connection.execute(statement)
    assert caught.value.sqlstate == "42501"


@each("statement", FORBIDDEN_TO_THE_APPLICATION)
async def test_the_application_may_not(
    roles: dict[str, asyncpg.Connection], statement: str
) -> None:
    await refused(roles[APP], statement)


@each("statement", FORBIDDEN_TO_THE_BACKUP)
async def test_the_backup_may_not(roles: dict[str, asyncpg.Connection], statement: str) -> None:
    await refused(roles[BACKUP], statement)


@each("table", sorted({*TENANT, *GLOBAL} - SEEN_BY_WORKER))
async def test_the_worker_reads_only_what_it_needs(
    roles: dict[str, asyncpg.Connection], table: str
) -> None:
    await refused(roles[WORKER], f"SELECT count(*) FROM {table}")


@each(
    "statement",
    [
        "SELECT journey_id FROM deadlines",
        "SELECT subject_id FROM deadlines",
        "UPDATE deadlines SET done_at = now()",
        "SELECT hash FROM heads",
        "UPDATE heads SET revision = 0",
        "UPDATE feed_positions SET revision = 0",
        "SELECT muted_reasons FROM preferences",
        "UPDATE preferences SET digest_due_at = NULL",
    ],
)
async def test_the_worker_may_not(roles: dict[str, asyncpg.Connection], statement: str) -> None:
    await refused(roles[WORKER], statement)
