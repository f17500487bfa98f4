"""`touchstone reset-password`: for the person who cannot sign in and gets no mail."""

import asyncio
import secrets

import rich_click as click

from api.auth.passwords import Passwords, require_good
from api.commands.machine import machine, read_settings, say
from api.plugins.database import Database, make_engine
from domain.errors import Invalid
from domain.services.identity.passwords import replace_of

HELP = """
Set a new password for an account and sign it out everywhere.

It prints a random one, to be passed on and changed, or asks for one with --ask.

\b
Examples:
  touchstone reset-password ada@example.org
  touchstone reset-password ada@example.org --ask
"""


@click.command("reset-password", help=HELP)
@click.argument("email")
@click.option("--ask", is_flag=True, help="Ask for the new password instead of making one.")
def reset_password(email: str, ask: bool) -> None:
    password = secrets.token_urlsafe(15)
    if ask:
        password = click.prompt("New password", hide_input=True, confirmation_prompt=True)
        _require_good(password, email)
    with machine(read_settings()) as settings:
        if not asyncio.run(_set(settings.database_url, email, password)):
            raise click.ClickException(f"There is no account with the address {email}.")
    say(f"{email} has been signed out everywhere.")
    say("The new password is set." if ask else f"The new password is {password}")


def _require_good(password: str, email: str) -> None:
    try:
        require_good(password, email)
    except Invalid as error:
        raise click.ClickException(" ".join(fault.detail for fault in error.errors)) from None


async def _set(url: str, email: str, password: str) -> bool:
    """Change the hash and end the sessions, in one transaction."""
    hashed = await Passwords().hash(password)
    database = Database(make_engine(url, 1))
    try:
        async with database.transaction() as tx:
            return await replace_of(tx, email, hashed)
    finally:
        await database.close()
