"""What a worker does, all of it: what is due, and what follows from what happened."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import rich_click as click
from asyncpg import PostgresError
from sqlalchemy.exc import SQLAlchemyError

from api.auth.vault import Vault
from api.commands.clockwork import Clockwork
from api.commands.consumers import CONSUMERS
from api.commands.delivering import CONNECTIONS as SENDING
from api.commands.delivering import Delivering
from api.commands.delivery_sweep import DeliverySweep
from api.commands.digests import Digests
from api.commands.feed import Feed
from api.commands.jobs import Jobs
from api.commands.patrol import Patrol
from api.commands.posting import Post
from api.commands.sweeping import Sweep
from api.files import Files
from api.mail import Mailer, Outbox
from api.outbound import Outbound
from api.plugins.database import Database, make_engine
from api.plugins.role_check import check_application_role
from api.settings import Settings

FEED_EVERY = 1.0  # seconds until those whom something concerns hear of it, at the most
UNREACHABLE = (OSError, PostgresError, SQLAlchemyError)
SEND_EVERY = 0.5  # seconds until what the feed has made is sent, at the most
LETTERS_EVERY = 60.0
SWEEP_EVERY = 3600.0
CONNECTIONS = 6  # one for each of those who look, and one to say that a job is being done


@dataclass(frozen=True, slots=True)
class Works:
    """The clock, the feed, jobs, webhooks, sweeps and, where letters can be sent, the digests."""

    clock: Clockwork
    feed: Feed
    jobs: Jobs
    delivering: Delivering
    forgetting: DeliverySweep
    digests: Digests | None
    sweep: Sweep
    outbox: Outbox

    def patrols(self, every: float) -> tuple[tuple[Patrol, float], ...]:
        """Who looks, and how many seconds apart."""
        found: tuple[tuple[Patrol, float], ...] = (
            (self.clock, every),
            (self.feed, min(every, FEED_EVERY)),
            (self.jobs, min(every, FEED_EVERY)),
            (self.delivering, min(every, SEND_EVERY)),
            (self.forgetting, SWEEP_EVERY),
            (self.sweep, SWEEP_EVERY),
        )
        return found if self.digests is None else (*found, (self.digests, LETTERS_EVERY))

    async def look(self) -> Counter[str]:
        """Do what is due now, and then what follows from it."""
        tally = Counter[str]()
        for patrol, _ in self.patrols(0):
            tally += await patrol.look()
        await self.delivering.idle()
        return tally

    async def run(self, every: float) -> None:
        """Look again and again, each at its own pace, until `end`."""
        async with asyncio.TaskGroup() as group:
            for patrol, seconds in self.patrols(every):
                group.create_task(patrol.run(seconds))

    def end(self) -> None:
        """Finish what is being done, and look no more."""
        for patrol, _ in self.patrols(0):
            patrol.stop.set()


@asynccontextmanager
async def at_work(settings: Settings, only: UUID | None = None) -> AsyncIterator[Works]:
    """A worker on the databases of the settings; refuses an application's role that is unsafe."""
    mailer = Mailer(settings.smtp_url, settings.mail_from, prints=settings.env != "production")
    outbox = Outbox(mailer)
    watching = Database(make_engine(settings.worker_database_url, CONNECTIONS))
    database = Database(make_engine(settings.database_url, CONNECTIONS + SENDING))
    try:
        await _check(database)
        reached = watching, database, outbox, only
        files = Files(settings.files_url, settings.data / "files")
        yield Works(
            clock=Clockwork(*reached),
            feed=Feed(watching, database, CONSUMERS, only),
            jobs=Jobs(watching, database, files, only),
            delivering=Delivering(watching, database, _post(settings), only),
            forgetting=DeliverySweep(watching, database, only),
            digests=Digests(*reached) if settings.smtp_url else None,
            sweep=Sweep(database, files, only),
            outbox=outbox,
        )
    finally:
        await outbox.close()
        await watching.close()
        await database.close()


def _post(settings: Settings) -> Post:
    secrets = [s for s in (settings.secret, settings.secret_previous) if s]
    return Post(Outbound(settings.outbound_private), Vault(secrets))


async def _check(database: Database) -> None:
    try:
        async with database.transaction() as tx:
            await check_application_role(await tx.driver())
    except UNREACHABLE as error:
        raise click.ClickException(f"The database does not answer: {error}") from error
