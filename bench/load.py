"""A small load generator: keep-alive connections in a closed loop, each request timed."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import quantiles

Request = bytes
NextRequest = Callable[[int], Awaitable[Request]]

CONNECTIONS = 16


@dataclass(frozen=True)
class Figures:
    """What a run gave: requests per second of time spent waiting for replies, latencies in ms."""

    per_second: float
    p50: float
    p99: float
    requests: int

    @classmethod
    def of(cls, seconds: list[float], connections: int) -> "Figures":
        """Figures of latencies, given how many connections waited at once."""
        cuts = quantiles(seconds, n=100)
        mean = sum(seconds) / len(seconds)
        return cls(connections / mean, cuts[49] * 1000, cuts[98] * 1000, len(seconds))


def request(method: str, path: str, token: str, body: bytes = b"", **headers: str) -> Request:
    """The bytes of one request."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: bench",
        f"Authorization: Bearer {token}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


class Connection:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def __aenter__(self) -> "Connection":
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.writer.close()

    async def ask(self, asked: Request) -> tuple[int, bytes, bytes]:
        """Send a request; status, head and body of its reply."""
        self.writer.write(asked)
        head = await self.reader.readuntil(b"\r\n\r\n")
        lowered = head.lower()
        at = lowered.find(b"content-length:")
        length = int(lowered[at + 15 : lowered.index(b"\r\n", at)]) if at >= 0 else 0
        body = await self.reader.readexactly(length) if length else b""
        return int(head[9:12]), head, body


async def run(port: int, seconds: float, following: NextRequest, expect: int) -> Figures:
    """Ask for `seconds` on every connection; RuntimeError when a reply has another status."""
    waited: list[float] = []
    until = time.perf_counter() + seconds

    async def ask_on(connection: Connection) -> None:
        while time.perf_counter() < until:
            asked = await following(len(waited))
            started = time.perf_counter()
            status, _, body = await connection.ask(asked)
            waited.append(time.perf_counter() - started)
            if status != expect:
                raise RuntimeError(f"status {status} instead of {expect}: {body[:500]!r}")

    async def one() -> None:
        async with Connection(port) as connection:
            await ask_on(connection)

    async with asyncio.TaskGroup() as group:
        for _ in range(CONNECTIONS):
            group.create_task(one())
    return Figures.of(waited, CONNECTIONS)
