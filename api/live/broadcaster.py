"""Looks how far the streams are, and has everybody told who is behind.

Whoever is almost there is told at once. Whoever is far behind, as after a long absence, is brought
up side by side with that: fifty of them read for seconds, and nobody else may notice.
"""

import asyncio
from collections.abc import Mapping

from api.live.beat import Beat
from api.live.delivery import Behind, deliver
from api.live.reader import Reader
from api.live.readers import Readers
from api.plugins.database import Database
from domain.queries.live import heads
from domain.queries.live.readers import Channel


class Broadcaster:
    """One for a process. It asks the heads in one statement, and nothing when nobody listens."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers
        self.beat = Beat(readers.pace.poll, readers.pace.breath)
        self.catching_up = Beat(readers.pace.poll, readers.pace.breath)
        self._reached: Mapping[Channel, int] = {}

    async def run(self, database: Database) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.beat.run(lambda: self.round(database)))
            group.create_task(self.catching_up.run(lambda: self.catch_up(database)))

    async def round(self, database: Database) -> None:
        """Tell those who are almost there what is new."""
        channels = list(self.readers.channels)
        if not channels:
            return
        async with database.transaction() as tx:
            self._reached = await heads.heads(tx, channels)
        if self._behind(far=True):
            self.catching_up.wake()
        if await deliver(database, self._behind(far=False)):
            self.beat.wake()  # there may be more of it

    async def catch_up(self, database: Database) -> None:
        """Bring those who are far behind one step further, as fast as they take it."""
        behind = self._behind(far=True)
        if behind and await deliver(database, behind):
            self.beat.wake()
            self.catching_up.wake()

    def _behind(self, *, far: bool) -> Behind:
        """Those who have room, and less than a queue, or more, to hear."""
        found: dict[Channel, list[Reader]] = {}
        for channel, head in self._reached.items():
            readers = self.readers.channels.get(channel, ())
            behind = [one for one in readers if one.wants(head) and one.is_far(head) is far]
            if behind:
                found[channel] = behind
        return found
