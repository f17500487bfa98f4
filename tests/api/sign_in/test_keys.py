"""Metadata and keys: fetched once for all who wait, never in a storm, kept while nobody answers."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest

from api.auth.discovery import Issuers
from api.auth.exchange import Client, Tokens
from api.auth.jwks import KeyMissing
from api.auth.kept import Kept, Unavailable
from api.auth.vouched import Asked, verified
from api.outbound import Outbound
from domain import clock
from domain.ids import new_id
from tests.api.sign_in.crooked import Crooked, Key, as_json
from tests.api.sign_in.going import Going, provider_of, signed_in
from tests.world import Org, World

KEYS, METADATA = "/keys", "/.well-known/openid-configuration"
CLIENT = Client("touchstone", None)


@contextmanager
def later(**how_much: float) -> Iterator[None]:
    then = clock.now() + timedelta(**how_much)
    with clock.replaced(lambda: then):
        yield


async def test_a_thousand_tokens_with_unknown_keys_fetch_once(crooked: Crooked) -> None:
    issuer = Issuers(Outbound(["127.0.0.1/32"])).of(crooked.issuer)
    metadata = await issuer.metadata.get()
    await issuer.keys.get()
    asked: Any = Asked({}, CLIENT, "nonce", "", "")  # type: ignore[arg-type]
    flow = {"client_id": "touchstone", "nonce": "nonce", "claims": '{"sub": "ann"}'}

    async def tried() -> None:
        crooked.header["kid"] = str(new_id())
        tokens = Tokens(crooked.token(flow, "x"), "x")
        with pytest.raises(KeyMissing):
            await verified(issuer, metadata, tokens, asked)

    await asyncio.gather(*(tried() for _ in range(500)))
    for _ in range(500):
        await tried()
    assert crooked.asked[KEYS] == 2
    with later(seconds=31):
        await tried()
    assert crooked.asked[KEYS] == 3


async def test_a_new_key_is_found_and_the_old_one_still_good(
    http: httpx.AsyncClient, world: World, org: Org, crooked: Crooked
) -> None:
    provider = await provider_of(org, crooked.issuer, joins=True, default_group="executive")

    async def let_in() -> None:
        going = await Going.away(http, org, provider)
        reply = await going.back(crooked.code(going.url, "ann"))
        signed_in(http, world.tokens, reply)

    await let_in()
    old, crooked.key = crooked.key, Key()
    keys = [old.public, {"kty": "oct", "k": "c2VjcmV0"}, {"kty": 1}, crooked.key.public]
    crooked.answers[KEYS] = lambda *_: as_json({"keys": keys})
    await let_in()
    crooked.key = old
    await let_in()
    assert crooked.asked[KEYS] == 2
    assert crooked.asked[METADATA] == 1


async def test_down_for_most_of_a_day_known_keys_and_sessions_stay_good(
    http: httpx.AsyncClient, world: World, org: Org, crooked: Crooked
) -> None:
    provider = await provider_of(org, crooked.issuer, joins=True, default_group="executive")
    going = await Going.away(http, org, provider)
    reply = await going.back(crooked.code(going.url, "ann"))
    refresh = {"refresh_token": reply.json()["refresh_token"]}
    for path in (KEYS, METADATA):
        crooked.answers[path] = lambda *_: (503, {}, b"")
    with later(hours=23):
        renewed = await http.post("/v1/sessions/refresh", json=refresh)
        assert renewed.status_code == 200, renewed.text
        going = await Going.away(http, org, provider)
        signed_in(http, world.tokens, await going.back(crooked.code(going.url, "ann")))
    with later(hours=25):
        told = {"organization_id": str(org.id), "provider_id": provider["id"]}
        told["redirect_uri"] = provider["redirect_uris"][0]
        assert (await http.post("/v1/sign-in/flows", json=told)).status_code == 503


async def test_nobody_waits_for_a_provider_that_hangs(
    http: httpx.AsyncClient, org: Org, crooked: Crooked
) -> None:
    """Twenty come at once while it says nothing: one asks, and no connection is held meanwhile."""
    provider = await provider_of(org, crooked.issuer)
    crooked.answers[METADATA] = lambda *_: (0, {}, b"")
    told = {"organization_id": str(org.id), "provider_id": provider["id"]}
    told["redirect_uri"] = provider["redirect_uris"][0]
    waiting = [asyncio.create_task(http.post("/v1/sign-in/flows", json=told)) for _ in range(20)]
    await asyncio.wait_for(crooked.knocked.wait(), 5)
    assert (await org.admin.get("/v1/me")).status_code == 200  # there are eight connections
    assert not any(one.done() for one in waiting)
    crooked.go_on.set()
    replies = await asyncio.wait_for(asyncio.gather(*waiting), 10)
    assert {reply.status_code for reply in replies} == {503}
    assert sum(crooked.asked.values()) == 1


async def test_who_goes_away_stops_nobody_and_no_fault_is_lost() -> None:
    begun, go_on, fetched = asyncio.Event(), asyncio.Event(), 0

    async def fetch() -> str:
        nonlocal fetched
        fetched += 1
        begun.set()
        await go_on.wait()
        return "what is there"

    kept = Kept(fetch)
    first, second = asyncio.create_task(kept.get()), asyncio.create_task(kept.get())
    await asyncio.wait_for(begun.wait(), 5)
    first.cancel()
    go_on.set()
    assert await asyncio.wait_for(second, 5) == "what is there"
    assert fetched == 1
    with later(hours=2):
        await kept.get()
        assert fetched == 2


async def test_a_fault_is_told_for_five_seconds_and_then_tried_again() -> None:
    tried = 0

    async def fetch() -> str:
        nonlocal tried
        tried += 1
        raise Unavailable("It is down.")

    kept = Kept(fetch)
    for _ in range(10):
        with pytest.raises(Unavailable, match="down"):
            await kept.get()
    assert tried == 1
    with later(seconds=6), pytest.raises(Unavailable, match="down"):
        await kept.get()
    assert tried == 2


async def test_who_looks_is_told_how_it_is_now_and_the_others_are_from_then_on() -> None:
    answers = iter(["old", Unavailable("It is down."), "new"])

    async def fetch() -> str:
        answer = next(answers)
        if isinstance(answer, Unavailable):
            raise answer
        return answer

    kept = Kept(fetch)
    assert await kept.get() == "old"
    for _ in range(5):
        with pytest.raises(Unavailable, match="down"):
            await kept.looked_up()
    assert await kept.get() == "old"
    with later(seconds=3):
        assert [await kept.looked_up() for _ in range(5)] == ["new"] * 5
        assert await kept.get() == "new"
