"""Clients that listen, cheap enough that fifty of them leave the machine to the servers."""

import asyncio
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import msgspec


class Told(msgspec.Struct):
    """What is looked at of an event."""

    at: datetime | None = None


AT_ONCE = 0.05
LAST_CHUNK = b"0\r\n"
_DECODER = msgspec.json.Decoder(Told)


@dataclass
class Ear:
    """One client that goes on, wherever it lands, after the last event it has."""

    path: str
    token: str
    port: Callable[[], int]
    revisions: list[int] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    last_id: str | None = None
    kinds: list[str] = field(default_factory=list)
    connected: bool = False
    resets: int = 0
    cuts: int = 0
    ended_at: float = 0.0
    status: int = 0
    retry: float = AT_ONCE
    farewell: float = AT_ONCE
    _writer: asyncio.StreamWriter | None = None

    async def run(self, over: asyncio.Event) -> None:
        """Listen until it is over; come back at once after a cut, later after a farewell."""
        while not over.is_set():
            self.retry = AT_ONCE
            with suppress(OSError, asyncio.IncompleteReadError, ValueError, IndexError):
                await self.listen()
            self.connected = False
            await asyncio.sleep(self.retry)

    def cut(self) -> None:
        """Hang up without a word."""
        if self._writer is not None and self.connected:
            self.cuts += 1
            self._writer.transport.abort()

    async def listen(self) -> None:
        """One connection, until it ends."""
        reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port())
        try:
            self._writer.write(request(self.path, self.token, self.last_id))
            self.status = int((await reader.readline()).split(b" ")[1])
            await reader.readuntil(b"\r\n\r\n")
            if self.status != 200:
                return
            self.connected = True
            while (line := await reader.readline()) not in (b"", LAST_CHUNK):
                self._hear(line)
            self.retry = self.farewell if line else AT_ONCE
        finally:
            self.ended_at = time.monotonic()
            self.connected = False
            self._writer.close()

    def _hear(self, line: bytes) -> None:
        if line.startswith(b"retry: "):
            self.farewell = int(line[7:]) / 1000
        elif line.startswith(b"id: "):
            self.last_id = line[4:].decode().strip()
        elif line.startswith(b"event: "):
            self.kinds.append(line[7:].decode().strip())
        elif line.startswith(b"data: ") and self.kinds[-1] not in ("presence", "revoked"):
            self.resets += self.kinds[-1] == "reset"
            self.revisions.append(int(self.last_id or 0))
            at = _DECODER.decode(line[6:]).at
            if at is not None:
                self.delays.append(time.time() - at.timestamp())


def request(path: str, token: str, last_id: str | None = None) -> bytes:
    """The bytes that open a stream."""
    resume = f"Last-Event-ID: {last_id}\r\n" if last_id is not None else ""
    return (
        f"GET {path} HTTP/1.1\r\nHost: soak\r\nAuthorization: Bearer {token}\r\n{resume}\r\n"
    ).encode()


def stalled(port: int, path: str, token: str) -> socket.socket:
    """A client that asks and then never reads; what is meant for it soon stands at the server."""
    deaf = socket.socket()
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    deaf.connect(("127.0.0.1", port))
    deaf.sendall(request(path, token))
    return deaf


def stream_of(journey_id: UUID) -> str:
    """Where a journey is listened to; nobody need see these readers."""
    return f"/v1/journeys/{journey_id}/stream?presence=off"


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of them lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0
