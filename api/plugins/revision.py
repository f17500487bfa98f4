"""Which schema this code needs, and which one a database has: known without alembic."""

from pathlib import Path

import asyncpg

VERSIONS = Path(__file__).resolve().parents[2] / "migrations" / "versions"
EXISTS = "SELECT to_regclass('public.alembic_version') IS NOT NULL"
STANDING = "SELECT version_num FROM alembic_version"


def newest() -> str:
    """Name the revision that this code needs: migrations are files, numbered in their order."""
    return max(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))


async def standing(url: str) -> str | None:
    """Name the revision that a database has; None for one without tables. `url` is the driver's."""
    connection = await asyncpg.connect(url)
    try:
        if not await connection.fetchval(EXISTS):
            return None
        found: str | None = await connection.fetchval(STANDING)
        return found
    finally:
        await connection.close()
