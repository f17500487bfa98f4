"""Reads once what is new in a stream, and tells all who are at the same place in it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from api.live import frames
from api.live.beat import log
from api.live.reader import Reader
from api.plugins.database import Database
from domain.database import Transaction
from domain.queries.live import news
from domain.queries.live.news import News
from domain.queries.live.readers import Channel

PAIRS = 4096
"""So many times one statement asks whether a reader may see an entry: a tenth of a second."""

Behind = Mapping[Channel, list[Reader]]


async def deliver(database: Database, behind: Behind) -> bool:
    """Tell these readers what is next for them; whether anybody got on."""
    got_on = False
    for organization_id, channels in _by_organization(behind).items():
        try:
            got_on |= await _in_organization(database, organization_id, channels)
        except Exception:  # one organization's trouble is not the others'
            log.warning("streams of %s stand still", organization_id, exc_info=True)
    return got_on


def _by_organization(behind: Behind) -> dict[UUID, dict[Channel, list[Reader]]]:
    found: defaultdict[UUID, dict[Channel, list[Reader]]] = defaultdict(dict)
    for channel, readers in behind.items():
        found[channel.organization_id][channel] = readers
    return found


async def _in_organization(database: Database, organization_id: UUID, behind: Behind) -> bool:
    got_on = False
    async with database.transaction(organization_id) as tx:
        for channel, readers in behind.items():
            for position, together in _by_position(readers).items():
                got_on |= await _tell(tx, channel, position, together)
    return got_on


def _by_position(readers: Iterable[Reader]) -> dict[int, list[Reader]]:
    found: defaultdict[int, list[Reader]] = defaultdict(list)
    for reader in readers:
        if not reader.served:
            found[reader.position].append(reader)
    return found


async def _tell(tx: Transaction, channel: Channel, position: int, together: list[Reader]) -> bool:
    """Read on from where these readers are, and tell each what they may hear."""
    with _served(together):
        room = min(reader.room for reader in together)
        for one in await _read(tx, channel, position, together, min(room, _share(together))):
            revision, frame = one.entry["revision"], frames.told(one.entry)
            for number in one.told:
                together[number].tell(revision, frame)
    return any(reader.position > position for reader in together)


def _share(together: list[Reader]) -> int:
    return max(1, PAIRS // len(together))


@contextmanager
def _served(together: list[Reader]) -> Iterator[None]:
    """Nobody else reads for these meanwhile: what is told twice, is wrong."""
    for reader in together:
        reader.served = True
    try:
        yield
    finally:
        for reader in together:
            reader.served = False


async def _read(
    tx: Transaction, channel: Channel, position: int, together: list[Reader], most: int
) -> list[News]:
    if not most:
        return []
    listening = [reader.listening for reader in together]
    if channel.stream_id == channel.organization_id:
        return await news.of_organization(tx, listening, position, most)
    return await news.of_journey(tx, channel.stream_id, listening, position, most)
