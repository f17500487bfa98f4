"""Streams, to a client that waits for the end of a reply: it hangs up after the first words."""

import asyncio
from typing import Any

from litestar.types import ASGIApp, Receive, Scope, Send

STREAM = b"text/event-stream; charset=utf-8"


def hanging_up(app: ASGIApp) -> ASGIApp:
    """The application for httpx, which hears nothing of a stream before it has ended.

    tests/api/live really listen.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        caller = _Caller(receive, send)
        await app(scope, caller.receive, caller.send)

    return answer


class _Caller:
    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._said = self._streams = False
        self._heard = asyncio.Event()

    async def receive(self) -> Any:
        """What httpx has to say, or that it has heard enough."""
        if not self._said:  # a body is there at once
            message = await self._receive()
            self._said = not message.get("more_body", False)  # type: ignore[attr-defined]
            return message
        asked = asyncio.create_task(self._receive())  # type: ignore[arg-type]
        enough = asyncio.create_task(self._heard.wait())
        await asyncio.wait({asked, enough}, return_when=asyncio.FIRST_COMPLETED)
        enough.cancel()
        if not asked.done():
            asked.cancel()
            return {"type": "http.disconnect"}
        return asked.result()

    async def send(self, message: Any) -> None:
        """Every other reply as it is; of a stream, only the first words."""
        if message["type"] == "http.response.start":
            self._streams = (b"content-type", STREAM) in message["headers"]
        elif self._streams:
            if self._heard.is_set():
                return
            self._heard.set()
            message = message | {"more_body": False}
        await self._send(message)
