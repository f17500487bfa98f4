"""The PostgreSQL of the test run: started by the suite itself, migrated once, thrown away."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from api.commands.machine import plain
from api.embedded.cluster import Cluster
from api.embedded.roles import APP, BACKUP, OWNER, WORKER
from api.plugins.migration import upgrade
from api.settings import Settings

PROGRAMS = os.environ.get("TOUCHSTONE_POSTGRES_BIN", "")


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    """The driver's own connection, as whichever role the address names."""
    connection = await asyncpg.connect(plain(url))
    try:
        yield connection
    finally:
        await connection.close()


def started_cluster() -> Cluster:
    """Start a throw-away cluster (PostgreSQL 18, or the one in TOUCHSTONE_POSTGRES_BIN)."""
    return Cluster.for_tests(PROGRAMS).start()


def migrated(cluster: Cluster) -> Cluster:
    """Bring its database to the newest revision, as the owner."""
    upgrade(cluster.url(OWNER))
    return cluster


def settings_for(cluster: Cluster) -> Settings:
    """Give the settings with which the application runs in tests: no limits, no mail server."""
    return Settings(
        env="test",
        database_url=cluster.url(APP),
        owner_database_url=cluster.url(OWNER),
        worker_database_url=cluster.url(WORKER),
        backup_database_url=cluster.url(BACKUP),
        data=Path(cluster.place.folder),
        postgres_bin=PROGRAMS,
        secret="a signing key that is only good for tests",
        public_url="http://touchstone.test",
        pool_size=8,
        rate_limit=0,
        demo=False,
        outbound_private=("127.0.0.1/32",),
    )
