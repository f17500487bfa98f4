"""With the application's own filters off, row-level security still shows no foreign row."""

import asyncio
from collections.abc import AsyncIterator
from copy import deepcopy
from uuid import UUID

import asyncpg
import httpx
import pytest
from litestar import Litestar
from sqlalchemy import text

from api.embedded.cluster import Cluster
from api.embedded.place import SUPERUSER
from api.embedded.roles import APP
from api.plugins.database import Database, make_engine
from api.settings import Settings
from domain.database import Transaction, hot
from domain.ids import new_id
from domain.queries.records.search_words import learn
from tests.api.machine.outward import reach_outside
from tests.api.maps.documents import JOURNEY
from tests.api.permissions.assembly import assemble
from tests.api.permissions.cast import Cast
from tests.cluster import connected
from tests.each import each
from tests.migrations.test_walls import TENANT
from tests.world import World

# The first thing each table may be asked; with its filters on, the application names its own.
FOREIGN = "WHERE organization_id <> $1"
SEEN = hot(text("SELECT DISTINCT organization_id FROM members"))
COUNT = hot(text("SELECT count(*) FROM members"))
RENAME = hot(text("UPDATE members SET title = 'left behind' RETURNING id"))
TITLES = hot(text("SELECT count(*) FROM members WHERE title = 'left behind'"))


@pytest.fixture(scope="module")
async def organizations(app: Litestar, http: httpx.AsyncClient) -> tuple[UUID, UUID]:
    """Two organizations with a row in every table."""
    world = World(http, app.state.database, app.state.tokens)
    ours, theirs = await assemble(world), await assemble(world)
    for cast in (ours, theirs):
        await furnish(cast)
        async with world.database.transaction(cast.org.id) as tx:
            await learn(tx, cast.org.id, ["word"])
            await reach_outside(tx, cast.org.id, cast.org.admin.member_id)
    return ours.org.id, theirs.org.id


async def furnish(cast: Cast) -> None:
    """Fill the tables that the cast leaves empty."""
    admin, said = cast.org.admin, f"/v1/annotations/{cast.things['annotation']}"
    once = {"Idempotency_Key": str(new_id())}
    imported = await admin.post("/v1/journeys/import", deepcopy(JOURNEY), **once)
    await admin.made(f"{said}/replies", {"body": "Indeed."})
    supported = await admin.put(f"{said}/support")
    rated = await admin.put(cast.path("/touchpoints/{touchpoint}/ratings/me"), {"emotional": 4})
    brought = {"group": "executive", "value": "They decide what is promised."}
    path = cast.path("/journeys/{journey}/stakeholder-values")
    valued = await cast["owner"].put(path, brought, If_Match='"0"')
    again = {"outcome": "still_true"}
    await cast["owner"].made(cast.path("/journeys/{journey}/revisits"), again)
    looked = await admin.post("/v1/overview/seen")
    reacted = await admin.put(f"{said}/reactions/heart")
    watched = await admin.put(f"{said}/watch", {"level": "all"})
    done = (imported, supported, rated, valued, looked, reacted, watched)
    assert {one.status_code for one in done} <= {200, 201, 204}


@pytest.fixture
async def inside(
    cluster: Cluster, organizations: tuple[UUID, UUID]
) -> AsyncIterator[asyncpg.Connection]:
    """The application's role, in a transaction of the first organization."""
    async with connected(cluster.url(APP)) as connection:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute(f"SET LOCAL touchstone.organization_id = '{organizations[0]}'")
        yield connection
        await transaction.rollback()


async def test_the_other_organization_has_rows_to_be_seen(
    cluster: Cluster, organizations: tuple[UUID, UUID]
) -> None:
    query = "SELECT count(*) FROM {} WHERE organization_id = $1"
    async with connected(cluster.url(SUPERUSER)) as superuser:
        rows = {t: await superuser.fetchval(query.format(t), organizations[1]) for t in TENANT}
    assert [table for table, count in rows.items() if not count] == []


@each("table", TENANT)
async def test_no_foreign_row_is_read(
    inside: asyncpg.Connection, organizations: tuple[UUID, UUID], table: str
) -> None:
    ours, _ = organizations
    assert await inside.fetchval(f"SELECT count(*) FROM {table} {FOREIGN}", ours) == 0
    assert await inside.fetchval(f"SELECT count(*) FROM {table}") > 0


@each("change", ["UPDATE {} SET organization_id = $1", "DELETE FROM {}"])
@each("table", TENANT)
async def test_no_foreign_row_is_changed(
    inside: asyncpg.Connection, organizations: tuple[UUID, UUID], table: str, change: str
) -> None:
    statement = f"{change.format(table)} {FOREIGN}"
    try:
        async with inside.transaction():
            done = await inside.execute(statement, organizations[0])
    except asyncpg.InsufficientPrivilegeError:
        return
    assert done.endswith(" 0")


@each("table", TENANT)
async def test_no_row_is_given_away(
    inside: asyncpg.Connection, organizations: tuple[UUID, UUID], table: str
) -> None:
    """Neither changed into a row of the other organization, nor added to it."""
    _, theirs = organizations
    copied = f"INSERT INTO {table} SELECT (jsonb_populate_record(t, $1)).* FROM {table} t LIMIT 1"
    given = f'{{"organization_id": "{theirs}"}}'
    for statement in (f"UPDATE {table} SET organization_id = $1", copied):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with inside.transaction():
                await inside.execute(statement, theirs if statement != copied else given)


async def test_without_an_organization_there_are_no_rows_and_no_error(
    cluster: Cluster, organizations: tuple[UUID, UUID]
) -> None:
    before = f"SET LOCAL touchstone.organization_id = '{organizations[0]}'"
    async with connected(cluster.url(APP)) as connection:
        counts = [await connection.fetchval(f"SELECT count(*) FROM {table}") for table in TENANT]
        async with connection.transaction():
            await connection.execute(before)
        counts += [await connection.fetchval(f"SELECT count(*) FROM {table}") for table in TENANT]
    assert not any(counts)


async def test_500_interleaved_transactions_of_ten_organizations_on_two_connections(
    settings: Settings, world: World
) -> None:
    ids = [(await world.organization()).id for _ in range(10)]
    pool = Database(make_engine(settings.database_url, 2))
    patience = asyncio.Semaphore(16)

    async def look(number: int) -> None:
        mine = ids[number % 10] if number % 7 else None
        async with patience, pool.transaction(mine) as tx:
            for _ in range(2):
                seen = {row["organization_id"] for row in await tx.rows(SEEN)}
                assert seen == ({mine} if mine else set())
            if number % 3 == 0:
                raise LookupError("rolled back")

    done = await asyncio.gather(*(look(number) for number in range(500)), return_exceptions=True)
    await pool.close()
    assert [one for one in done if one and not isinstance(one, LookupError)] == []
    assert sum(isinstance(one, LookupError) for one in done) == 167


async def test_a_transaction_given_back_without_commit_is_rolled_back(
    settings: Settings, world: World
) -> None:
    """The bug, planted: a connection goes back to the pool inside its transaction."""
    org = await world.organization()
    pool = Database(make_engine(settings.database_url, 1))
    forgetful = Transaction(pool, org.id)
    assert await forgetful.value(RENAME)
    held = forgetful._held
    assert held is not None
    await held.__aexit__(None, None, None)
    async with pool.transaction() as stranger:
        assert await stranger.value(COUNT) == 0
    async with pool.transaction(org.id) as tx:
        assert await tx.value(TITLES) == 0
    await pool.close()
