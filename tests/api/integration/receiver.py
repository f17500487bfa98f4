"""A receiver of webhooks on this machine: answers as it is told, and keeps what it was sent."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import msgspec


@dataclass(frozen=True)
class Received:
    """One request, byte for byte."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = msgspec.json.decode(self.body)
        return found


Reply = bytes | None
"""What is answered, from the status line on; None answers nothing, ever."""


def status(code: int, *headers: str, body: bytes = b"") -> bytes:
    """An answer with a status."""
    lines = [f"HTTP/1.1 {code} X", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


OK = status(204)


@dataclass
class Receiver:
    """`answers` is asked what to answer to each request."""

    port: int = 0
    answers: Callable[[Received], Reply] = lambda _: OK
    received: list[Received] = field(default_factory=list)
    open: set[asyncio.Task[Any]] = field(default_factory=set)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    def url(self, path: str = "/hook") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def told(self) -> list[dict[str, Any]]:
        """The bodies, as they came."""
        return [one.told for one in self.received]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        task = asyncio.current_task()
        assert task is not None
        self.open.add(task)
        try:
            request = await _read(reader)
            self.received.append(request)
            answer = self.answers(request)
            self.came.set()
            if answer is None:
                await reader.read()  # until the other side has had enough
            else:
                writer.write(answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.open.discard(task)
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


async def _read(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    named = dict(line.split(": ", 1) for line in head[1:] if line)
    headers = {name.lower(): value for name, value in named.items()}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(head[0].split(" ")[1], headers, body)


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver at a port of its own."""
    found = Receiver()
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    try:
        yield found
    finally:
        server.close()
        for task in found.open:
            task.cancel()
        await asyncio.gather(*found.open, return_exceptions=True)
