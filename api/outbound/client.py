"""Requests to addresses that members name: looked up once, judged, and dialed as judged."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import httpcore

from api.outbound.addresses import Networks, readable

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Gives every address of a host."""

SECONDS = 15.0
LIMIT = 65_536


class Unreachable(Exception):
    """Nothing came back; the message says why, and nothing of what is behind the address."""


class Answer(NamedTuple):
    """What came back: `complete` tells whether the body is all there is."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    complete: bool


class Outbound:
    """Calls addresses; never a private one that the operator has not named, redirects never."""

    def __init__(self, private: Iterable[str] = (), resolve: Resolver | None = None) -> None:
        self.networks = Networks(private)
        self._resolve = resolve or _look_up

    async def check(self, url: str) -> None:
        """Refused when an address would not be called as things are now."""
        parts = readable(url)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        await self.address_of(str(parts.hostname), port, secure)

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        seconds: float = SECONDS,
        limit: int = LIMIT,
    ) -> Answer:
        """Ask once; at most `seconds` in all, and `limit` bytes of the answer are read.

        Raises Refused for an address that is not called, Unreachable when nothing came back.
        """
        parts = readable(url)
        given = {"Host": parts.netloc, "Accept-Encoding": "identity", **(headers or {})}
        try:
            async with asyncio.timeout(seconds):
                # A connection is for one request: what it was judged for is what it is used for.
                async with self._connections(parts.scheme == "https") as pool:
                    return await _ask(pool, method, url, given, body, limit)
        except TimeoutError:
            raise Unreachable(f"No answer within {seconds:g} seconds.") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            raise Unreachable(_reason(error)) from None
        except (OSError, ssl.SSLError) as error:
            raise Unreachable(_reason(error)) from None

    def _connections(self, secure: bool) -> httpcore.AsyncConnectionPool:
        backend = _Guarded(self, secure)
        return httpcore.AsyncConnectionPool(
            ssl_context=_trust(), network_backend=backend, http2=False, retries=0
        )

    async def address_of(self, host: str, port: int, secure: bool) -> str:
        """The address to dial for a host; Refused or Unreachable when there is none."""
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError):
            raise Unreachable(f"{host} is not known.") from None
        return self.networks.check(host, secure=secure, port=port, found=found)


class _Guarded(httpcore.AsyncNetworkBackend):
    """Looks a host up, judges its addresses and dials the one that was judged."""

    def __init__(self, outbound: Outbound, secure: bool) -> None:
        self._outbound, self._secure = outbound, secure
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self, host: str, port: int, *args: Any, **more: Any
    ) -> httpcore.AsyncNetworkStream:
        address = await self._outbound.address_of(host, port, self._secure)
        return await self._backend.connect_tcp(address, port, *args, **more)


async def _ask(
    pool: httpcore.AsyncConnectionPool,
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    limit: int,
) -> Answer:
    async with pool.stream(method, url, headers=list(headers.items()), content=body) as response:
        read = bytearray()
        async for piece in response.aiter_stream():
            read += piece
            if len(read) > limit:
                break
        told = {name.decode("latin-1").lower(): v.decode("latin-1") for name, v in response.headers}
        return Answer(response.status, told, bytes(read[:limit]), len(read) <= limit)


async def _look_up(host: str, port: int) -> Sequence[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


@cache
def _trust() -> ssl.SSLContext:
    """Whom to believe: the roots that come along, and those of the machine."""
    context = httpcore.default_ssl_context()
    context.load_default_certs()
    return context


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLError) or "certificate" in str(error).lower():
        return "The certificate or the TLS connection is not good."
    kinds: dict[type[Exception], str] = {
        httpcore.ConnectError: "Nobody answers at this address.",
        httpcore.RemoteProtocolError: "What came back is not HTTP.",
    }
    return next((says for kind, says in kinds.items() if isinstance(error, kind)), "Cut off.")
