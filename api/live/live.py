"""The feed of one process: its readers, and the tasks that look after them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from uuid import UUID

from litestar import Litestar

from api.live import frames
from api.live.broadcaster import Broadcaster
from api.live.hints import Hints
from api.live.pace import Pace
from api.live.reader import Reader
from api.live.readers import Readers
from api.live.stopping import stopping
from api.live.stream import EventStream
from api.live.watch import AT_ONCE, Watch
from api.plugins.database import Database, make_engine
from api.settings import DRIVER, Settings
from domain.actor import Actor
from domain.queries.live.readers import Channel
from domain.rules.resuming import Beginning

log = logging.getLogger("touchstone.live")

CONNECTIONS = AT_ONCE + 2
"""Lent for a statement at a time: to the watch, to who is almost there, to who is far behind."""


class Live:
    """Made with the application, begun with its life."""

    def __init__(self, settings: Settings, pace: Pace | None = None) -> None:
        self.pace = pace or Pace(in_all=settings.streams)
        self.readers = Readers(self.pace)
        self.broadcaster = Broadcaster(self.readers)
        self.watch = Watch(self.readers)
        plain = settings.database_url.replace(DRIVER, "postgresql", 1)
        self.database: Database | None = None
        self.hints = Hints(plain, self._moved) if settings.hints else None

    def open(self, actor: Actor, stream_id: UUID, begin: Beginning, *, shown: bool) -> EventStream:
        """A stream for this member, from where they left off."""
        channel = Channel(actor.organization_id, stream_id)
        reader = Reader(actor, channel, begin.position, self.pace)
        reader.shown = shown
        reader.wanting = self.broadcaster.beat.wake
        first = frames.opening(begin.position)
        if begin.reset:
            first += frames.reset(begin.position)
        return EventStream(self.readers, reader, first)

    def changed(self, organization_id: UUID | None, revisions: Mapping[UUID, int]) -> None:
        """Streams have moved in a transaction of this process, and it has been committed."""
        if not revisions:
            return
        channels = self.readers.channels
        if any(Channel(organization_id, one) in channels for one in revisions if organization_id):
            self.broadcaster.beat.wake()
        if self.hints is not None:
            self.hints.say(revisions.keys())

    def _moved(self, streams: Collection[UUID] | None) -> None:
        """Another process says that these have moved; None for any."""
        listened = {channel.stream_id for channel in self.readers.channels}
        if streams is None or not listened.isdisjoint(streams):
            self.broadcaster.beat.wake()

    def close(self) -> None:
        """Let nobody in any more, and everybody out, with a word when to come back."""
        self.readers.closed = True
        for reader in self.readers.all():
            reader.end(frames.farewell())

    async def run(self, database: Database) -> None:
        """Everything that the feed does, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.broadcaster.run(database))
            group.create_task(self.watch.run(database))
            if self.hints is not None:
                group.create_task(self.hints.run())


def _mourn(task: asyncio.Task[None]) -> None:
    """Streams that nobody feeds any more must not go unnoticed."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.critical("the live feed has ended: restart this process", exc_info=error)


@asynccontextmanager
async def listening(app: Litestar) -> AsyncIterator[None]:
    """The feed, for as long as the application runs.

    It has connections of its own: readers wait for no request, and no request for them.
    """
    live: Live = app.state.live
    settings: Settings = app.state.settings
    live.database = database = Database(make_engine(settings.database_url, CONNECTIONS))
    task = asyncio.create_task(live.run(database))
    task.add_done_callback(_mourn)
    try:
        with stopping(app):
            yield
    finally:
        live.close()
        task.cancel()
        await asyncio.wait({task})
        await live.watch.forget(database)
        await database.close()
