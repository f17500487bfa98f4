"""Alembic, called from our own code: bring a database to the head, and say where it stands."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

ROOT = Path(__file__).resolve().parents[2]


def configuration(owner_url: str = "") -> Config:
    """Read the settings of alembic from pyproject.toml."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    if owner_url:
        config.set_main_option("sqlalchemy.url", owner_url.replace("%", "%%"))
    return config


def upgrade(owner_url: str, revision: str = "head", *, sql: bool = False) -> None:
    """Run the migrations as the owner; with `sql` only print what would be run.

    In a thread of its own: the migrations have an event loop, and so may the caller.
    """
    with ThreadPoolExecutor(1) as thread:
        thread.submit(command.upgrade, configuration(owner_url), revision, sql=sql).result()


def downgrade(owner_url: str, revision: str) -> None:
    """Undo migrations down to a revision."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(command.downgrade, configuration(owner_url), revision).result()


def newest() -> str | None:
    """Name the revision that this code needs."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def standing(connection: Connection) -> str | None:
    """Name the revision that the database has."""
    return MigrationContext.configure(connection).get_current_revision()
