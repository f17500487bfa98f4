"""How much one member may ask of one process in a minute. Guessing is throttled elsewhere,
in the database; this only keeps one caller from taking the place of all others.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Any

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from api.auth.tokens import Principal
from api.problems import send_problem
from domain.errors import Throttled

WINDOW = 60
MAX_CALLERS = 50_000
_NETWORK_BITS = 64  # what one IPv6 customer has at the least

Timer = Callable[[], float]


class Buckets:
    """Token buckets of a bounded number of callers; those not seen for long are forgotten."""

    def __init__(
        self, quota: int, *, timer: Timer = time.monotonic, callers: int = MAX_CALLERS
    ) -> None:
        self.quota = quota
        self._timer, self._callers = timer, callers
        self._rate = quota / WINDOW
        self._levels: OrderedDict[object, tuple[float, float]] = OrderedDict()

    def take(self, caller: object) -> float:
        """Take one; what is left then, less than zero when there was nothing to take."""
        now = self._timer()
        level, at = self._levels.pop(caller, (float(self.quota), now))
        level = min(self.quota, level + (now - at) * self._rate)
        left = level - 1
        self._levels[caller] = (left if left >= 0 else level, now)
        if len(self._levels) > self._callers:
            self._levels.popitem(last=False)
        return left

    def give_back(self, caller: object) -> None:
        """Put back what was taken for nothing."""
        if caller in self._levels:
            level, at = self._levels[caller]
            self._levels[caller] = (min(self.quota, level + 1), at)

    def seconds_until(self, level: float, wanted: float) -> int:
        """How long until a bucket at `level` is at `wanted`, in whole seconds."""
        return max(0, math.ceil((wanted - level) / self._rate))


class RateLimit:
    """Middleware behind authentication: a bucket per member, per address for the unknown.

    A route with `rate_limited=False` in its opt is free, and so is every one at 0 per minute.
    """

    def __init__(self, app: ASGIApp, per_minute: int, timer: Timer = time.monotonic) -> None:
        self.app = app
        self._per_minute = per_minute
        self._buckets = {kind: Buckets(per_minute, timer=timer) for kind in ("member", "address")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it with 429."""
        if not (self._per_minute and _limited(scope)):
            await self.app(scope, receive, send)
            return
        kind, caller = _caller(scope)
        buckets = self._buckets[kind]
        left = buckets.take(caller)
        telling = _Telling(send, _headers(kind, buckets, left))
        if left >= 0:
            await self.app(scope, receive, telling.send)
        else:
            refusal = Throttled(max(1, buckets.seconds_until(left, 0)))
            await send_problem(scope, telling.send, refusal)


class _Telling:
    """Adds the headers to the reply."""

    def __init__(self, send: Send, headers: list[tuple[bytes, bytes]]) -> None:
        self._send, self._headers = send, headers

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *self._headers]
        await self._send(message)


def _limited(scope: Scope) -> bool:
    handler: Any = scope.get("route_handler")
    return scope["type"] == ScopeType.HTTP and bool(handler.opt.get("rate_limited", True))


def _caller(scope: Scope) -> tuple[str, object]:
    principal = scope.get("auth")
    if isinstance(principal, Principal):
        return "member", (principal.organization_id, principal.member_id)
    client = scope.get("client")
    return "address", network(client[0] if client else "")


@lru_cache(4096)
def network(host: str) -> str:
    """The caller behind an address; whoever has one IPv6 address has all of its network."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return host
    return str(ip_network((host.partition("%")[0], _NETWORK_BITS), strict=False))


def _headers(kind: str, buckets: Buckets, left: float) -> list[tuple[bytes, bytes]]:
    level = max(0, math.floor(left))
    full = buckets.seconds_until(left, buckets.quota)
    return [
        (b"ratelimit-policy", f'"{kind}";q={buckets.quota};w={WINDOW}'.encode()),
        (b"ratelimit", f'"{kind}";r={level};t={full}'.encode()),
    ]
