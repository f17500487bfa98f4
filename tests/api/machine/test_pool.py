"""A pool that is used up refuses in its own words, and is as good as new afterwards."""

from contextlib import suppress

import pytest
from asyncpg import InterfaceError, PostgresError
from sqlalchemy import text
from sqlalchemy.exc import TimeoutError as PoolTimeout

from api.plugins import database
from api.problems import answer
from api.settings import Settings
from domain.database import hot

ONE = hot(text("SELECT 1"))
GONE = hot(text("SELECT pg_terminate_backend(pg_backend_pid())"))
FAILING = hot(text("SELECT 1 / 0"))


async def test_a_pool_that_is_used_up_is_unavailable(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "POOL_WAIT_SECONDS", 0.05)
    pool = database.Database(database.make_engine(settings.database_url, 1))
    try:
        async with pool.transaction() as first:
            await first.value(ONE)
            with pytest.raises(PoolTimeout) as caught:
                async with pool.transaction() as second:
                    await second.value(ONE)
            assert answer(caught.value).status == 503
        async with pool.transaction() as third:
            assert await third.value(ONE) == 1
    finally:
        await pool.close()


async def test_a_failure_that_was_swallowed_is_no_commit(settings: Settings) -> None:
    pool = database.Database(database.make_engine(settings.database_url, 1))

    async def swallow() -> None:
        async with pool.transaction() as tx:
            with suppress(PostgresError):
                await tx.value(FAILING)

    try:
        with pytest.raises(RuntimeError, match="nothing of it was committed"):
            await swallow()
        async with pool.transaction() as after:
            assert await after.value(ONE) == 1
    finally:
        await pool.close()


async def test_a_database_that_goes_away_is_unavailable_and_no_surprise(settings: Settings) -> None:
    pool = database.Database(database.make_engine(settings.database_url, 1))

    async def cut_off() -> None:
        async with pool.transaction() as tx:
            await tx.session()
            await tx.value(GONE)

    try:
        with pytest.raises((PostgresError, InterfaceError), match="terminating") as caught:
            await cut_off()
        assert answer(caught.value).status == 503
        async with pool.transaction() as after:
            assert await after.value(ONE) == 1
    finally:
        await pool.close()


def test_a_socket_that_is_not_there_yet_is_unavailable() -> None:
    assert answer(FileNotFoundError(2, "No such file or directory")).status == 503
