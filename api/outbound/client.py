"""Requests to addresses that members name: looked up once, judged, and dialed as judged."""

import asyncio
import ssl
from collections.abc import Hashable, Iterable, Mapping
from copy import copy
from functools import cache
from typing import Any, NamedTuple, Self
from urllib.parse import SplitResult

import httpcore

from api.outbound.addresses import Networks, readable
from api.outbound.names import LOOKED_UP_WITHIN, Names, NoThread, Resolver

SECONDS = 15.0
CHECKED_WITHIN = LOOKED_UP_WITHIN + 1.0
LIMIT = 65_536
NOT_IN_TIME = "Its name could not be looked up in time."


class Unreachable(Exception):
    """Nothing came back; the message says why, and nothing of what is behind the address."""


class Busy(Unreachable):
    """It was not even tried, because others are looking names up."""


class Answer(NamedTuple):
    """What came back: `complete` tells whether the body is all there is."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    complete: bool


class Outbound:
    """Calls addresses; never a private one that the operator has not named, redirects never."""

    def __init__(
        self,
        private: Iterable[str] = (),
        resolve: Resolver | None = None,
        *,
        names: Names | None = None,
    ) -> None:
        self.networks = Networks(private)
        self._names = names or Names(resolve)
        self._caller: Hashable | None = None

    def of(self, caller: Hashable) -> Self:
        """The same for one caller, who has a share of its own of the names looked up at once."""
        own = copy(self)
        own._caller = caller
        return own

    async def check(self, url: str) -> None:
        """Refused when an address would not be called as things are now; Busy after 6 s."""
        parts = readable(url)
        try:
            async with asyncio.timeout(CHECKED_WITHIN):
                await self._judged(parts)
        except TimeoutError:
            raise Busy(NOT_IN_TIME) from None

    async def _judged(self, parts: SplitResult) -> str:
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        return await self.address_of(str(parts.hostname), port, secure)

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
        """Ask once; at most `seconds` from when its name is known, `limit` bytes of the answer.

        Raises Refused for an address that is not called, Unreachable when nothing came back, Busy
        when it was not tried. Looking the name up takes 5 s at the most once its turn has come.
        """
        parts = readable(url)
        given = {"Host": parts.netloc, "Accept-Encoding": "identity", **(headers or {})}
        address = await self._judged(parts)
        try:
            async with asyncio.timeout(seconds):
                # A connection is for one request: what it was judged for is what it is used for.
                async with _connections(address) as pool:
                    return await _ask(pool, method, url, given, body, limit)
        except TimeoutError:
            raise Unreachable(f"No answer within {seconds:g} seconds.") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            raise Unreachable(_reason(error)) from None
        except (OSError, ssl.SSLError) as error:
            raise Unreachable(_reason(error)) from None

    async def address_of(self, host: str, port: int, secure: bool) -> str:
        """The address to dial for a host; Refused or Unreachable when there is none.

        Of a name that is not known as much is said as of one that is private: whoever may name
        addresses is not to learn which names there are inside.
        """
        try:
            found = await self._names.look_up(host, port, self._caller)
        except NoThread:
            raise Busy(NOT_IN_TIME) from None
        except (OSError, UnicodeError):
            found = ()
        return self.networks.check(host, secure=secure, port=port, found=found)


class _Judged(httpcore.AsyncNetworkBackend):
    """Dials the one address that was judged, whatever the name stands for by now."""

    def __init__(self, address: str) -> None:
        self._address, self._backend = address, httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,  # noqa: ARG002  it was looked up already
        port: int,
        *args: Any,
        **more: Any,
    ) -> httpcore.AsyncNetworkStream:
        return await self._backend.connect_tcp(self._address, port, *args, **more)


def _connections(address: str) -> httpcore.AsyncConnectionPool:
    return httpcore.AsyncConnectionPool(
        ssl_context=_trust(), network_backend=_Judged(address), http2=False, retries=0
    )


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
