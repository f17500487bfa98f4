"""What a browser may bring back, and what it may not."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from litestar import Litestar

from api.app import enveloped
from api.middleware.rate_limit import network
from domain import clock
from domain.services.steps.throttling import SIGN_INS_PER_ADDRESS, reserve
from tests.api.sign_in.crooked import Crooked, open_for_business
from tests.api.sign_in.going import Going, at, changed, code, provider_of, signed_in
from tests.world import Org, World

REFUSED = (401, "provider_sign_in_refused")


@pytest.fixture
async def provider(org: Org, crooked: Crooked) -> dict[str, Any]:
    return await provider_of(org, crooked.issuer, joins=True, default_group="support_staff")


async def test_a_flow_belongs_to_the_browser_that_began_it(
    http: httpx.AsyncClient, org: Org, crooked: Crooked, provider: dict[str, Any]
) -> None:
    mine = await Going.away(http, org, provider)
    theirs = await Going.away(http, org, provider)
    # The code of somebody else, slipped under with and without their state.
    brought = crooked.code(theirs.url, "mallory")
    assert code(await mine.back(brought)) == REFUSED
    mine = await Going.away(http, org, provider)
    assert code(await mine.back(brought | {"state": mine.asked["state"]})) == REFUSED
    assert code(await theirs.back(brought)) == REFUSED  # its code has been tried


async def test_a_flow_is_good_once_and_for_ten_minutes(
    http: httpx.AsyncClient, world: World, org: Org, crooked: Crooked, provider: dict[str, Any]
) -> None:
    going = await Going.away(http, org, provider)
    brought = crooked.code(going.url, "ann")
    assert code(await going.back(brought | {"state": "another"})) == REFUSED
    assert code(await going.back(brought)) == REFUSED
    going = await Going.away(http, org, provider)
    brought = crooked.code(going.url, "ann")
    later = clock.now() + timedelta(minutes=10, seconds=1)
    with clock.replaced(lambda: later):
        assert code(await going.back(brought)) == REFUSED
    going = await Going.away(http, org, provider)
    signed_in(http, world.tokens, await going.back(crooked.code(going.url, "ann")))


async def test_a_flow_to_one_provider_is_none_to_another(
    http: httpx.AsyncClient, org: Org, crooked: Crooked, provider: dict[str, Any]
) -> None:
    async with open_for_business() as second:
        other = await provider_of(org, second.issuer, joins=True, default_group="executive")
        here, there = [await Going.away(http, org, one) for one in (provider, other)]
        brought = second.code(there.url, "ann") | {"state": here.asked["state"]}
        assert code(await here.back(brought)) == REFUSED
        assert (
            code(await there.back(second.code(there.url, "a") | {"iss": crooked.issuer})) == REFUSED
        )


async def test_who_gave_the_code_is_said_where_it_must_be(
    http: httpx.AsyncClient, world: World, org: Org, crooked: Crooked, provider: dict[str, Any]
) -> None:
    crooked.metadata["authorization_response_iss_parameter_supported"] = True
    going = await Going.away(http, org, provider)
    assert code(await going.back(crooked.code(going.url, "ann"))) == REFUSED
    going = await Going.away(http, org, provider)
    brought = crooked.code(going.url, "ann") | {"iss": crooked.issuer}
    signed_in(http, world.tokens, await going.back(brought))


async def test_the_same_subject_of_another_provider_is_somebody_else(
    http: httpx.AsyncClient, world: World, org: Org, crooked: Crooked, provider: dict[str, Any]
) -> None:
    going = await Going.away(http, org, provider)
    back = await going.back(crooked.code(going.url, "7", email="ann@example.org"))
    ann = signed_in(http, world.tokens, back)
    async with open_for_business() as second:
        other = await provider_of(org, second.issuer, joins=True, default_group="executive")
        going = await Going.away(http, org, other)
        back = await going.back(second.code(going.url, "7", email="ann@example.org"))
        assert signed_in(http, world.tokens, back).member_id != ann.member_id
    # Ann's address has become Bob's: they stay who they are.
    going = await Going.away(http, org, provider)
    back = await going.back(crooked.code(going.url, "8", email="ann@example.org"))
    bob = signed_in(http, world.tokens, back)
    going = await Going.away(http, org, provider)
    back = await going.back(crooked.code(going.url, "7", email="bob@example.org"))
    assert signed_in(http, world.tokens, back).member_id == ann.member_id != bob.member_id


async def test_where_nobody_is_sent(
    http: httpx.AsyncClient, world: World, org: Org, provider: dict[str, Any]
) -> None:
    good = {"organization_id": str(org.id), "provider_id": provider["id"]} | at(provider)
    stranger, home = await world.organization(), provider["redirect_uris"][0]
    for wrong, status, said, place in (
        ({"redirect_uri": f"{home}/"}, 422, "bad_redirect_uri", "#/redirect_uri"),
        ({"organization_id": str(stranger.id)}, 422, "unknown_identity_provider", "#/provider_id"),
        ({"organization_id": provider["id"]}, 422, "unknown_identity_provider", "#/provider_id"),
        ({"provider_id": str(org.id)}, 422, "unknown_identity_provider", "#/provider_id"),
        ({"invitation": "ts_inv_no"}, 404, "invitation_gone", None),
    ):
        reply = await http.post("/v1/sign-in/flows", json=good | wrong)
        assert code(reply) == (status, said)
        assert [one["pointer"] for one in reply.json()["errors"]] == ([place] if place else [])
    offered = "/v1/sign-in/providers?organization_id="
    told = {"id": provider["id"], "name": provider["name"]}
    assert (await http.get(f"{offered}{org.id}")).json() == {"items": [told]}
    for nobody in (stranger.id, provider["id"]):
        assert (await http.get(f"{offered}{nobody}")).json() == {"items": []}
    await changed(org, provider, enabled=False)
    assert (await http.get(f"{offered}{org.id}")).json() == {"items": []}
    assert code(await http.post("/v1/sign-in/flows", json=good))[1] == "unknown_identity_provider"


async def test_guessing_is_slow(app: Litestar, world: World) -> None:
    outer = enveloped(app)
    transport = httpx.ASGITransport(outer, client=("203.0.113.77", 1), raise_app_exceptions=False)
    told = {"flow": "ts_signin_no", "redirect_uri": "https://a.example", "state": "x", "code": "y"}
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        reply = await client.post("/v1/sign-in/flows/complete", json=told)
        assert code(reply) == REFUSED
        async with world.database.transaction() as tx:
            for _ in range(SIGN_INS_PER_ADDRESS.most - 1):
                await reserve(tx, (SIGN_INS_PER_ADDRESS, network("203.0.113.77")))
        reply = await client.post("/v1/sign-in/flows/complete", json=told)
    assert reply.status_code == 429
    assert reply.headers["retry-after"]


@pytest.mark.parametrize(
    ("secret", "methods", "shown"),
    [
        ("a:b c%", None, "basic"),
        ("a:b c%", ["client_secret_post"], "form"),
        (None, ["none"], "none"),
    ],
)
async def test_how_the_client_shows_who_it_is(
    http: httpx.AsyncClient, org: Org, crooked: Crooked, secret: Any, methods: Any, shown: str
) -> None:
    crooked.metadata["token_endpoint_auth_methods_supported"] = methods
    provider = await provider_of(org, crooked.issuer, joins=True, client_secret=secret)
    assert provider["has_client_secret"] is (shown != "none")
    going = await Going.away(http, org, provider)
    assert (await going.back(crooked.code(going.url, "ann"))).json()["code"] == "no_group"
    headers, form = crooked.forms[-1]
    basic = httpx.BasicAuth("touchstone", "a%3Ab+c%25")._auth_header
    assert headers.get("authorization") == (basic if shown == "basic" else None)
    assert form.get("client_secret") == ("a:b c%" if shown == "form" else None)
    assert ("client_id" in form) is (shown != "basic")
