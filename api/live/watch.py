"""Asks again, every two seconds, who may still listen; and says who is there."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from api.live import frames
from api.live.beat import Beat, log
from api.live.reader import Reader
from api.live.readers import Readers
from api.plugins.database import Database
from api.schemas.live.streams import stream_presence
from domain.database import Transaction
from domain.queries.live import presences as present
from domain.queries.live.readers import standing
from domain.services.live import presences
from domain.services.live.presences import There

BREATH = 0.2
AT_ONCE = 2
"""Organizations that are looked after side by side: as many as the feed has connections."""


class Watch:
    """One for a process."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers
        self.beat = Beat(readers.pace.rights, min(BREATH, readers.pace.rights / 2))

    async def run(self, database: Database) -> None:
        """Until cancelled."""
        await self.beat.run(lambda: self.round(database))

    async def round(self, database: Database) -> None:
        """Look after every organization that somebody listens to here."""
        turn = asyncio.Semaphore(AT_ONCE)

        async def look_after(organization_id: UUID, readers: list[Reader]) -> None:
            async with turn:
                try:
                    await self._look_after(database, organization_id, readers)
                except Exception:  # one organization's trouble is not the others'
                    log.warning("rights in %s were not asked", organization_id, exc_info=True)

        await asyncio.gather(*(look_after(*one) for one in self.readers.by_organization().items()))

    async def forget(self, database: Database) -> None:
        """Take the rows of the streams that have ended away, before the process does end."""
        with suppress(Exception):  # nobody is told that they are stale but the next reader
            async with asyncio.timeout(BREATH * 5):
                await self.round(database)

    async def _look_after(
        self, database: Database, organization_id: UUID, readers: list[Reader]
    ) -> None:
        ended = self.readers.departed.pop(organization_id, [])
        async with database.transaction(organization_id) as tx:
            good = await standing(tx, [reader.listening for reader in readers]) if readers else {}
            staying = [reader for number, reader in enumerate(readers) if number in good]
            there = await self._who_is_there(tx, staying, ended)
        for number, reader in enumerate(readers):
            if number not in good:
                reader.end(frames.revoked())
        for reader in staying:
            _tell_who_is_there(reader, there.get(reader.channel.stream_id))

    async def _who_is_there(
        self, tx: Transaction, readers: Sequence[Reader], ended: list[UUID]
    ) -> dict[UUID, bytes]:
        """Keep the rows of these streams fresh; by journey, what there is to tell."""
        at = time.monotonic()
        stale = [r for r in readers if r.shown and r.kept_at + self.readers.pace.presence <= at]
        for reader in stale:
            reader.kept_at = at  # before the row is there: whoever leaves meanwhile takes it along
        if stale:
            await presences.keep(tx, [_there(reader) for reader in stale])
        if stale or ended:
            await presences.end(tx, ended)
        journeys = {r.channel.stream_id for r in readers if _in_journey(r)}
        found = await present.in_journeys(tx, journeys) if journeys else {}
        return {one: frames.presence(stream_presence(rows)) for one, rows in found.items()}


def _in_journey(reader: Reader) -> bool:
    return reader.channel.stream_id != reader.channel.organization_id


def _there(reader: Reader) -> There:
    who = reader.listening
    return There(reader.id, who.stream_id, who.member_id, reader.began_at)


def _tell_who_is_there(reader: Reader, told: bytes | None) -> None:
    """Only what has changed, and not to who has no room: it is not worth waiting for."""
    if told is not None and told != reader.presence and reader.room:
        reader.presence = told
        reader.put(told)
