"""Every migration goes up, down and up again, and together they make what the models say."""

from collections.abc import AsyncIterator, Callable

import asyncpg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

import domain.models  # noqa: F401  every table must be known
from api.commands.machine import plain
from api.embedded.cluster import Cluster
from api.embedded.place import SUPERUSER
from api.embedded.roles import DATABASE, OWNER
from api.plugins.migration import configuration
from api.plugins.revision import newest
from domain.models.base import Base

SHAPE = """
SELECT format('%s.%s %s not null:%s', attrelid::regclass, attname,
    format_type(atttypid, atttypmod), attnotnull) AS thing
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
    AND attnum > 0 AND NOT attisdropped
UNION ALL SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT format('policy %s %s', tablename, policyname) FROM pg_policies
UNION ALL SELECT format('function %s', oid::regprocedure)
FROM pg_proc WHERE pronamespace = 'public'::regnamespace
ORDER BY 1
"""
Database = Callable[[str], "AsyncIterator[AsyncConnection]"]


@pytest.fixture
async def empty(cluster: Cluster) -> AsyncIterator[AsyncConnection]:
    """A database without tables, as its owner."""
    superuser = await asyncpg.connect(plain(cluster.url(SUPERUSER)))
    await superuser.execute(f"CREATE DATABASE stairs OWNER {OWNER}")
    url = cluster.url(OWNER).replace(f"/{DATABASE}?", "/stairs?")
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        yield connection
    await engine.dispose()
    await superuser.execute("DROP DATABASE stairs")
    await superuser.close()


async def shape(connection: AsyncConnection) -> list[str]:
    """What is in the database, alembic's own table aside."""
    things = (await connection.exec_driver_sql(SHAPE)).scalars().all()
    return [thing for thing in things if "alembic_version" not in thing]


async def modeled(connection: AsyncConnection) -> list[str]:
    """What models can say: no policies, and no functions."""
    things = await shape(connection)
    return [thing for thing in things if not thing.startswith(("policy", "function"))]


def climb(connection: Connection, move: str, revision: str) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    getattr(command, move)(config, revision)


async def test_every_step_goes_up_down_and_up_again(
    empty: AsyncConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = ScriptDirectory.from_config(configuration())
    # Read once: alembic reads every migration anew for every step.
    monkeypatch.setattr(ScriptDirectory, "from_config", lambda _: script)
    steps = [step.revision for step in script.walk_revisions()][::-1]
    assert len(steps) >= 10
    below = await shape(empty)
    assert below == []
    for step in steps:
        await empty.run_sync(climb, "upgrade", step)
        above = await shape(empty)
        assert above != below, f"{step} does nothing"
        await empty.run_sync(climb, "downgrade", "-1")
        assert await shape(empty) == below, f"{step} leaves something behind"
        await empty.run_sync(climb, "upgrade", step)
        assert await shape(empty) == above
        below = above
    await empty.run_sync(climb, "downgrade", "base")
    assert await shape(empty) == []


async def test_the_models_are_what_the_migrations_make(empty: AsyncConnection) -> None:
    await empty.run_sync(climb, "upgrade", "head")
    assert await empty.run_sync(differences) == []
    migrated = await modeled(empty)
    await empty.run_sync(climb, "downgrade", "base")
    await empty.run_sync(Base.metadata.create_all)
    assert await modeled(empty) == migrated
    await empty.rollback()


def differences(connection: Connection) -> list[object]:
    """What alembic would put into a new migration."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found: list[object] = compare_metadata(context, Base.metadata)
    return found


def test_the_newest_is_where_every_step_leads() -> None:
    assert ScriptDirectory.from_config(configuration()).get_heads() == [newest()]
