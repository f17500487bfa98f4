"""One caller cannot take the place of all others, and is told how much is left."""

from typing import Any
from uuid import UUID

import pytest
from litestar import get
from litestar.middleware import DefineMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from api.auth.tokens import Principal
from api.middleware.rate_limit import Buckets, RateLimit, network
from tests.api.door.doors import calling, door


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class SignedIn:
    """Takes the member from a header: what authentication would have put into the scope."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if number := dict(scope["headers"]).get(b"x-member"):
            scope["auth"] = Principal(*[UUID(int=int(number))] * 4)
        await self.app(scope, receive, send)


@get("/free", rate_limited=False)
async def free() -> None: ...


def limited(quota: int, clock: Clock) -> Any:
    """An application with `quota` requests a minute. The first middleware runs first."""
    limit = DefineMiddleware(RateLimit, per_minute=quota, timer=clock)
    return door(free, middleware=[SignedIn, limit])


async def test_the_quota_is_told_kept_and_comes_back() -> None:
    clock = Clock()
    async with calling(limited(3, clock), headers={"X-Member": "1"}) as http:
        for left in (2, 1, 0):
            reply = await http.get("/things")
            assert reply.status_code == 200
            assert reply.headers["ratelimit-policy"] == '"member";q=3;w=60'
            assert reply.headers["ratelimit"] == f'"member";r={left};t={(3 - left) * 20}'
        refused = await http.get("/things")
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "20")
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["ratelimit"].startswith('"member";r=0;')
        clock.now += int(refused.headers["retry-after"])
        assert (await http.get("/things")).status_code == 200
        assert (await http.get("/things")).status_code == 429


async def test_members_do_not_share_and_the_unknown_go_by_address() -> None:
    async with calling(limited(1, Clock())) as http:
        for headers in ({"X-Member": "1"}, {"X-Member": "2"}, {}):
            assert (await http.get("/things", headers=headers)).status_code == 200
            reply = await http.get("/things", headers=headers)
            kind = "member" if headers else "address"
            assert reply.status_code == 429
            assert reply.headers["ratelimit-policy"] == f'"{kind}";q=1;w=60'
        spoofed = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
        assert (await http.get("/things", headers=spoofed)).status_code == 429


async def test_refusals_count_and_carry_the_headers() -> None:
    async with calling(limited(2, Clock())) as http:
        assert (await http.get("/things?x=1")).headers["ratelimit"] == '"address";r=1;t=30'


async def test_some_routes_are_free_and_zero_means_off() -> None:
    async with calling(limited(1, Clock())) as http:
        for _ in range(3):
            reply = await http.get("/free")
            assert (reply.status_code, "ratelimit" in reply.headers) == (200, False)
    async with calling(limited(0, Clock())) as http:
        for _ in range(3):
            assert (await http.get("/things")).status_code == 200


def test_a_storm_of_callers_is_bounded() -> None:
    buckets = Buckets(2, timer=Clock(), callers=100)
    for caller in range(10_000):
        buckets.take(caller)
    assert len(buckets._levels) == 100


def test_waiting_does_not_save_up_more_than_the_quota() -> None:
    clock = Clock()
    buckets = Buckets(2, timer=clock)
    buckets.take("x")
    clock.now += 1_000_000
    assert [buckets.take("x") >= 0 for _ in range(3)] == [True, True, False]


def test_asking_while_empty_does_not_make_it_emptier() -> None:
    clock = Clock()
    buckets = Buckets(60, timer=clock)
    for _ in range(1000):
        buckets.take("x")
    clock.now += 1.0
    assert buckets.take("x") >= 0


@pytest.mark.parametrize(
    ("host", "caller"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_an_ipv6_network_is_one_caller(host: str, caller: str) -> None:
    assert network(host) == caller
