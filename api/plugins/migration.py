"""Alembic, called from our own code: bring a database to the head."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from alembic import command
from alembic.config import Config

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
