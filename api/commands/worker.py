"""`touchstone worker`: the clock, on its own or beside `touchstone serve`."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from datetime import datetime
from functools import partial
from uuid import UUID

import rich_click as click
from click.exceptions import Exit

from api.commands.machine import machine, migrated, read_settings, say
from api.commands.works import Works, at_work
from api.embedded.parent import end_with_parent
from api.embedded.roles import URL_VARIABLES, WORKER
from api.settings import Settings
from domain import clock

Act = Callable[[Works], Awaitable[Counter[str] | None]]

EVERY = 5.0
BEHIND = 5  # how much nicer a clock is than the server beside it: what is due can wait for a reply
MISSING = f"{URL_VARIABLES[WORKER]} is missing: it is the role that sees what is due."

HELP = """
Do what is due: remind of input requests, close them on their day, and take up the chain of command
what nobody accepted, nobody answered or nobody finished in time. Tell members what has happened in
the ledger that concerns them.

`touchstone serve` runs a clock of its own. Run this beside `touchstone serve --no-clock`, on as
many machines as you like: each thing is done once, and what a killed worker left is done by the
next. Terms are counted in the working days of each organization.

It finds out what is due as the worker's role (TOUCHSTONE_WORKER_DATABASE_URL), which sees nothing
else, and does it as the application's (DATABASE_URL), one organization at a time.

\b
Examples:
  touchstone worker
  touchstone worker --every 30
  touchstone worker --once                            do what is due now, and end
  touchstone worker --at 2027-03-01T09:00:00+01:00    as if it were then: a rehearsal
"""


class Instant(click.ParamType[datetime]):
    """A moment with its offset from UTC."""

    name = "instant"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read it as RFC 3339 writes it."""
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value} is no instant, such as 2027-03-01T09:00:00Z.", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value} has no offset: add Z, or one such as +01:00.", param, ctx)
        return moment


@click.command(help=HELP)
@click.option("--once", is_flag=True, help="Do what is due and end; 1 when something failed.")
@click.option("--at", type=Instant(), help="Do once what is due then. Not in production.")
@click.option(
    "--every",
    type=click.FloatRange(0.1, 3600),
    default=EVERY,
    help="Seconds between two looks at what is due.  [default: 5]",
)
@click.option("--organization", type=click.UUID, help="Look after this organization only.")
@click.option("--parent", type=int, hidden=True, help="End with this process, and say little.")
def worker(
    once: bool,
    at: datetime | None,
    every: float,
    organization: UUID | None,
    parent: int | None,
) -> None:
    if parent is not None and not _has(parent):
        return
    settings = read_settings()
    if at is not None and settings.env == "production":
        raise click.ClickException("--at is a rehearsal: what it does stays done, and too early.")
    with machine(settings) as running:
        if not running.worker_database_url:
            raise click.ClickException(MISSING)
        if settings.embedded:
            migrated(running)
        with clock.replaced(lambda: at) if at else nullcontext():
            act = _once if once or at else partial(_until_told, every, parent is not None)
            tally = asyncio.run(_at_work(running, organization, act))
    if tally is not None:
        _tell(tally)


def _has(parent: int) -> bool:
    """Go behind the process that started this one and end with it; whether it is still there."""
    os.nice(BEHIND)
    end_with_parent(signal.SIGTERM)
    return os.getppid() == parent


def _tell(tally: Counter[str]) -> None:
    say(
        f"{tally['done']} done, {tally['busy']} busy, {tally['failed']} failed;"
        f" {tally['read']} entries read."
    )
    if tally["failed"]:
        raise Exit(1)


async def _once(works: Works) -> Counter[str]:
    """Do what is due, and tell of it, letters included."""
    tally = await works.look()
    await works.outbox.emptied()
    return tally


async def _until_told(every: float, quiet: bool, works: Works) -> None:
    """Look until a signal comes; what is being done then is finished first."""
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, works.end)
    tell = _nothing if quiet else say
    tell(f"The clock looks every {every:g} s. Stop it with Ctrl-C.")
    await works.run(every)
    tell("Stopped.")


def _nothing(line: str) -> None:
    """Say nothing, however much there were to say."""


async def _at_work(settings: Settings, only: UUID | None, act: Act) -> Counter[str] | None:
    async with at_work(settings, only) as works:
        return await act(works)
