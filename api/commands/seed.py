"""`touchstone seed`: a demo organization, for trying things out."""

import asyncio

import rich_click as click

from api.auth.passwords import Passwords, require_good
from api.commands.demo.duties import let_answer
from api.commands.demo.journeys import bring_journeys
from api.commands.demo.metrics import let_measure
from api.commands.demo.people import Cast, elsewhere, found, people
from api.commands.demo.results import let_follow
from api.commands.demo.talk import let_talk
from api.commands.demo.voices import let_speak
from api.commands.machine import machine, migrated, read_settings, say
from api.plugins.database import Database, make_engine
from api.settings import Settings
from domain.queries.identity.accounts import by_email
from domain.roles import Group

HELP = """
Make the demo organization, unless it is there already, and print who can sign in.

Members of all four groups, four journeys drawn from published sources, what everybody says about
them, how they rate them, and who answers for what. The people, their words and promises are
invented; the facts of the journeys are attributed to their sources. Everyone has the same password,
so production is refused.

\b
Example:
  touchstone seed
"""
PASSWORD = "touchstone-demo"  # noqa: S105  it is printed for everybody to read

SignIn = tuple[str, str, str]


@click.command(help=HELP)
def seed() -> None:
    with machine(read_settings()) as settings:
        _refuse_production(settings)
        migrated(settings)
        for group, email, password in ensure_demo(settings):
            say(f"{group:<16} {email:<36} {password}")


def ensure_demo(settings: Settings) -> list[SignIn]:
    """Make what is missing of the demo; one sign-in for each group, and one for elsewhere."""
    _refuse_production(settings)
    asyncio.run(_ensure(settings))
    return sign_ins()


def sign_ins() -> list[SignIn]:
    """Who is worth signing in as: the first of each group, and somebody of another organization."""
    shown = dict.fromkeys(Group, "")
    for member in reversed(people()["members"]):
        shown[Group(member["group"])] = member["email"]
    named = [(group.value, email) for group, email in shown.items()]
    named.append(("elsewhere", elsewhere()["member"]["email"]))
    return [(name, email, PASSWORD) for name, email in named]


def _refuse_production(settings: Settings) -> None:
    if settings.env == "production":
        raise click.ClickException("The demo has no place in production: its password is known.")


async def _ensure(settings: Settings) -> None:
    database = Database(make_engine(settings.database_url, 2))
    try:
        await make_demo(database, Passwords())
    finally:
        await database.close()


async def make_demo(database: Database, passwords: Passwords) -> None:
    """Make the demo organization and the other one, each wholly or not at all."""
    hashed: str | None = None
    for told in (people(), elsewhere()):
        email = told["members"][0]["email"]
        async with database.transaction() as tx:
            if await by_email(tx, email) is not None:
                continue
        if hashed is None:
            require_good(PASSWORD, email)
            hashed = await passwords.hash(PASSWORD)
        async with database.transaction() as tx:
            cast = await found(Cast(tx, hashed), told)
            journeys = await bring_journeys(cast, told["journeys"])
            await let_speak(cast, journeys)
            await let_answer(cast, journeys)
            await let_talk(cast, journeys)
            await let_measure(cast, journeys)
            await let_follow(cast, journeys)
