"""The reply that does not end: what one reader is sent, for as long as they take it."""

import asyncio
import logging
from typing import Any

from litestar import Response
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

from api.live.frames import HEARTBEAT
from api.live.reader import Reader
from api.live.readers import Readers
from api.live.severing import sever

MEDIA_TYPE = "text/event-stream"
HEADERS = {"X-Accel-Buffering": "no"}
LAST_WORDS_SECONDS = 1.0

log = logging.getLogger("touchstone.live")


class EventStream(Response[None]):
    """An open stream. Whether there is place for it is found out before its first byte."""

    def __init__(self, readers: Readers, reader: Reader, first: bytes) -> None:
        super().__init__(None, media_type=MEDIA_TYPE, headers=HEADERS)
        self._parts = readers, reader, first

    def to_asgi_response(self, *_: Any, **__: Any) -> ASGIResponse:
        """What Litestar calls to get the reply said."""
        return _Open(*self._parts, headers=self.headers)


class _Open(ASGIResponse):
    _should_set_content_length = False

    def __init__(
        self, readers: Readers, reader: Reader, first: bytes, headers: dict[str, str]
    ) -> None:
        super().__init__(headers=headers, media_type=MEDIA_TYPE)
        self._readers, self._reader, self._first = readers, reader, first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold the reader while the stream is open. Nothing is awaited after it has ended."""
        with self._readers.holding(self._reader):
            hearing = asyncio.create_task(self._hear(receive))
            try:
                await self.start_response(send)
                await self._speak(send)
            except TimeoutError:
                log.info("a reader did not take what was sent and is dropped")
                sever(scope.get("client"))
            finally:
                hearing.cancel()

    async def _speak(self, send: Send) -> None:
        reader = self._reader
        await self._say(send, self._first)
        while not reader.over:
            chunk = await reader.take()
            if chunk or not reader.ended:
                await self._say(send, chunk or HEARTBEAT)
        if not reader.gone:
            await self._say(send, b"", more=False)

    async def _say(self, send: Send, chunk: bytes, *, more: bool = True) -> None:
        """Send, and wait no longer for it to be taken than is due."""
        patience = self._readers.pace.patience
        if self._readers.closed:
            patience = min(patience, LAST_WORDS_SECONDS)
        async with asyncio.timeout(patience):
            await send({"type": "http.response.body", "body": chunk, "more_body": more})

    async def _hear(self, receive: Receive) -> None:
        """Wait until the other side hangs up."""
        while (await receive())["type"] != "http.disconnect":
            pass
        self._reader.hang_up()
