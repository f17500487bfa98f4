"""Everything a command needs before it can work: a database that runs, a key that signs."""

import asyncio
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import rich_click as click
from msgspec.structs import replace

from api.embedded.cluster import Cluster
from api.embedded.keeper import Keeper
from api.embedded.place import SIGNING_KEY, Place
from api.embedded.roles import APP, BACKUP, OWNER, WORKER
from api.plugins.revision import newest, standing
from api.plugins.role_check import check_application_role
from api.settings import DRIVER, Settings


def say(line: str = "") -> None:
    """Tell the person at the terminal what is being done."""
    click.echo(line)


def read_settings(options: Mapping[str, object] | None = None) -> Settings:
    """Read the environment; an option given on the command line goes before its variable."""
    given = {name: str(value) for name, value in (options or {}).items() if value is not None}
    return Settings.read({**os.environ, **given})


@contextmanager
def machine(settings: Settings, *, alone: bool = False) -> Iterator[Settings]:
    """Run the embedded database while the block runs, unless DATABASE_URL names another one.

    A command joins the database of a running `touchstone serve`; `alone` refuses to.
    """
    if not settings.embedded:
        yield settings if settings.secret else replace(settings, secret=_kept_key(settings.data))
        return
    cluster = Cluster(settings.data, settings.postgres_bin)
    _announce(cluster, settings.data)
    if alone:
        cluster.start()
    else:
        cluster.join()
    try:
        yield _with_database(settings, cluster)
    finally:
        cluster.stop()


def migrated(settings: Settings) -> None:
    """Bring the database to the newest revision and check that the application's role is safe."""
    if settings.owner_database_url:
        _migrate(settings.owner_database_url)
    asyncio.run(_check_role(settings.database_url))


def _migrate(url: str) -> None:
    if asyncio.run(standing(plain(url))) != newest():
        from api.plugins.migration import upgrade

        upgrade(url)


def plain(url: str) -> str:
    """Write an address the way PostgreSQL's own programs and asyncpg read it."""
    return url.replace(DRIVER, "postgresql", 1)


def _announce(cluster: Cluster, wanted: Path) -> None:
    if cluster.is_new:
        say(f"Making a PostgreSQL of its own in {cluster.place.folder} (only the first time)")
    if cluster.place.folder != wanted.resolve():
        say(
            f"Its data is kept in {cluster.place.folder}: root's database is run by the user "
            f"touchstone, who cannot reach {wanted.resolve()}"
        )


def _with_database(settings: Settings, cluster: Cluster) -> Settings:
    return replace(
        settings,
        database_url=cluster.url(APP),
        owner_database_url=cluster.url(OWNER),
        worker_database_url=cluster.url(WORKER),
        backup_database_url=cluster.url(BACKUP),
        secret=settings.secret or cluster.place.secrets()[SIGNING_KEY],
    )


def _kept_key(data: Path) -> str:
    """Give the signing key of a development machine; production has been refused without one."""
    return Place.choose(data, Keeper.find()).secrets()[SIGNING_KEY]


async def _check_role(url: str) -> None:
    connection = await asyncpg.connect(plain(url))
    try:
        await check_application_role(connection)
    finally:
        await connection.close()
