"""`touchstone migrate`: the tables, and the roles that may touch them."""

import asyncio

import rich_click as click

from api.commands.machine import machine, migrated, plain, read_settings, say
from api.embedded.roles import roles_script
from api.plugins.revision import newest, standing
from api.settings import Settings

HELP = """
Bring the database to the newest revision.

It runs as the owner (TOUCHSTONE_OWNER_DATABASE_URL), never as the application. Releases work on
the schema before and after them, so migrate first and restart then.

\b
Examples:
  touchstone migrate
  touchstone migrate --check
  touchstone migrate --sql > changes.sql
  touchstone migrate --print-roles > roles.sql && psql -f roles.sql
"""


@click.command(help=HELP)
@click.option("--print-roles", is_flag=True, help="Print the SQL that makes roles and database.")
@click.option("--sql", is_flag=True, help="Print the migrations as SQL, from an empty database.")
@click.option("--check", is_flag=True, help="Only say whether the database is up to date.")
def migrate(print_roles: bool, sql: bool, check: bool) -> None:
    if print_roles:
        say(roles_script())
    elif sql:
        from api.plugins.migration import upgrade

        upgrade("", sql=True)
    else:
        with machine(read_settings()) as settings:
            _require_owner(settings)
            _check(settings) if check else _upgrade(settings)


def _require_owner(settings: Settings) -> None:
    if not settings.owner_database_url:
        raise click.ClickException(
            "TOUCHSTONE_OWNER_DATABASE_URL is missing: migrations run as the owner of the tables."
        )


def _check(settings: Settings) -> None:
    found, wanted = asyncio.run(_standing(settings)), newest()
    if found != wanted:
        raise click.ClickException(f"The database is at {found}, this release needs {wanted}.")
    say(f"The database is up to date, at {found}.")


def _upgrade(settings: Settings) -> None:
    before = asyncio.run(_standing(settings))
    migrated(settings)
    after = newest()
    say(f"Already at {after}." if before == after else f"Migrated from {before} to {after}.")


async def _standing(settings: Settings) -> str | None:
    return await standing(plain(settings.owner_database_url))
