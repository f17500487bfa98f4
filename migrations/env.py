"""Alembic's environment: migrations run as the owner, over an asyncpg connection."""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection, pool
from sqlalchemy.ext.asyncio import create_async_engine

import domain.models  # noqa: F401  every table must be known to compare
from domain.models.base import Base


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def online() -> None:
    url = (
        context.config.get_main_option("sqlalchemy.url")
        or os.environ["TOUCHSTONE_OWNER_DATABASE_URL"]
    )
    engine = create_async_engine(url, poolclass=pool.NullPool)
    async with engine.connect() as connection:
        # Fail early rather than queue behind a long reader and block everybody else.
        await connection.exec_driver_sql("SET lock_timeout = '2s'")
        await connection.commit()
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


def offline() -> None:
    context.configure(dialect_name="postgresql", target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    offline()
elif (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    asyncio.run(online())
