"""Looks how far the streams are, reads once what is new, and tells everybody who listens."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from api.live import frames
from api.live.beat import Beat, log
from api.live.reader import Reader
from api.live.readers import Readers
from api.plugins.database import Database
from domain.database import Transaction
from domain.queries.live import heads, news
from domain.queries.live.news import News
from domain.queries.live.readers import Channel


class Broadcaster:
    """One for a process. It asks the heads in one statement, and nothing when nobody listens."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers
        self.beat = Beat(readers.pace.poll, readers.pace.breath)

    async def run(self, database: Database) -> None:
        """Until cancelled."""
        await self.beat.run(lambda: self.round(database))

    async def round(self, database: Database) -> None:
        """Bring everybody who has room as far as their stream is, or one queue further."""
        channels = list(self.readers.channels)
        if not channels:
            return
        async with database.transaction() as tx:
            reached = await heads.heads(tx, channels)
        for organization_id, behind in self._behind(reached).items():
            try:
                await self._catch_up(database, organization_id, behind)
            except Exception:  # one organization's trouble is not the others'
                log.warning("streams of %s stand still", organization_id, exc_info=True)

    def _behind(self, reached: Mapping[Channel, int]) -> dict[UUID, dict[Channel, list[Reader]]]:
        found: defaultdict[UUID, dict[Channel, list[Reader]]] = defaultdict(dict)
        for channel, head in reached.items():
            readers = self.readers.channels.get(channel, ())
            if behind := [reader for reader in readers if reader.wants(head)]:
                found[channel.organization_id][channel] = behind
        return found

    async def _catch_up(
        self, database: Database, organization_id: UUID, behind: dict[Channel, list[Reader]]
    ) -> None:
        async with database.transaction(organization_id) as tx:
            for channel, readers in behind.items():
                for position, together in _by_position(readers).items():
                    await self._tell(tx, channel, position, together)

    async def _tell(
        self, tx: Transaction, channel: Channel, position: int, together: list[Reader]
    ) -> None:
        """Read on from where these readers are, and tell each what they may hear."""
        most = min(reader.room for reader in together)
        for one in await _read(tx, channel, position, together, most):
            revision, frame = one.entry["revision"], frames.told(one.entry)
            for number in one.told:
                together[number].tell(revision, frame)
        if any(reader.position == position + most for reader in together):
            self.beat.wake()  # there may be more than one queue of it


def _by_position(readers: list[Reader]) -> dict[int, list[Reader]]:
    found: defaultdict[int, list[Reader]] = defaultdict(list)
    for reader in readers:
        found[reader.position].append(reader)
    return found


async def _read(
    tx: Transaction, channel: Channel, position: int, together: list[Reader], most: int
) -> list[News]:
    listening = [reader.listening for reader in together]
    if channel.stream_id == channel.organization_id:
        return await news.of_organization(tx, listening, position, most)
    return await news.of_journey(tx, channel.stream_id, listening, position, most)
