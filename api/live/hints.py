"""Between processes: what has just moved, said on a connection of its own. Only ever a hint."""

import asyncio
import logging
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any
from uuid import UUID

import asyncpg

CHANNEL = "touchstone_moved"
NAME = "touchstone hints"
EVERYTHING = "*"
BETWEEN_SECONDS = 0.05
"""At most twenty notifications a second, whatever is written."""
ALIVE_SECONDS = 30.0
WITHIN_SECONDS = 5.0
LONGEST_WAIT = 5.0
MOST = 200
"""Streams in one notification, which holds 8,000 bytes."""

log = logging.getLogger("touchstone.live")


class Hints:
    """Listens and notifies; after any loss it begins again, and until then polling does."""

    def __init__(self, url: str, moved: Callable[[Collection[UUID] | None], None]) -> None:
        self._url, self._moved = url, moved
        self._pending: set[UUID] = set()
        self._said = asyncio.Event()
        self.established = asyncio.Event()

    def say(self, streams: Collection[UUID]) -> None:
        """Tell the other processes, soon."""
        if self.established.is_set():
            self._pending.update(streams)
            self._said.set()

    async def run(self) -> None:
        """Until cancelled."""
        wait = BETWEEN_SECONDS
        while True:
            try:
                await self._converse()
            except Exception as error:  # the driver has errors of its own, and streams live without
                log.info("no hints for now, streams are polled: %r", error)
            wait = BETWEEN_SECONDS if self.established.is_set() else min(2 * wait, LONGEST_WAIT)
            self.established.clear()
            await asyncio.sleep(wait)

    async def _converse(self) -> None:
        named = {"application_name": NAME}
        connection = await asyncpg.connect(self._url, timeout=WITHIN_SECONDS, server_settings=named)
        try:
            await connection.add_listener(CHANNEL, self._heard)
            connection.add_termination_listener(self._lost)
            self.established.set()
            self._moved(None)  # whatever was said meanwhile
            while not connection.is_closed():
                await self._notify(connection)
        finally:
            connection.terminate()

    async def _notify(self, connection: Any) -> None:
        """Say what is pending; after a long silence, make sure that the other side still lives."""
        with suppress(TimeoutError):
            async with asyncio.timeout(ALIVE_SECONDS):
                await self._said.wait()
        self._said.clear()
        streams, self._pending = self._pending, set()
        text = ",".join(one.hex for one in streams) if len(streams) <= MOST else EVERYTHING
        if text:
            await connection.execute(
                "SELECT pg_notify($1, $2)", CHANNEL, text, timeout=WITHIN_SECONDS
            )
        else:
            await connection.execute("SELECT 1", timeout=WITHIN_SECONDS)
        await asyncio.sleep(BETWEEN_SECONDS)

    def _heard(self, connection: Any, pid: int, _channel: str, text: object) -> None:
        if pid == connection.get_server_pid():
            return
        said = str(text)
        with suppress(ValueError):  # anybody may notify, and say anything
            streams = None if said == EVERYTHING else [UUID(hex=one) for one in said.split(",")]
            self._moved(streams)

    def _lost(self, _: Any) -> None:
        self._said.set()
