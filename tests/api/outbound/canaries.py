"""Listeners on this machine that nobody must reach, and names that stand for what a test says."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from api.outbound.names import Resolver

PUBLIC = "93.184.215.14"


@dataclass
class Canaries:
    """The same port on 127.0.0.1 and ::1; `accepted` counts who came."""

    port: int = 0
    accepted: int = 0
    heard: list[bytes] = field(default_factory=list)

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted += 1
        self.heard.append(await reader.read(1000))
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        writer.close()


@asynccontextmanager
async def canaries() -> AsyncIterator[Canaries]:
    """Listen while the block runs."""
    found = Canaries()
    four = await asyncio.start_server(found.accept, "127.0.0.1", 0)
    found.port = four.sockets[0].getsockname()[1]
    servers = [four]
    if socket.has_ipv6:
        servers.append(await asyncio.start_server(found.accept, "::1", found.port))
    try:
        yield found
    finally:
        for server in servers:
            server.close()


def names(known: Mapping[str, Sequence[str]]) -> Resolver:
    """Looks names up in a table, and what is a number in any spelling as the machine does."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        if host in known:
            return known[host]
        loop, numeric = asyncio.get_running_loop(), socket.AI_NUMERICHOST
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=numeric)
        return [str(address[0]) for *_, address in found]

    return resolve
