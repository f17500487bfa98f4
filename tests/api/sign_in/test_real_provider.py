"""The whole flow over HTTP, with a provider that others wrote."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.api.sign_in import real
from tests.api.sign_in.going import Going, changed, provider_of, signed_in
from tests.world import Org, World


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with real.running() as issuer:
        yield issuer


@pytest.fixture
async def org(world: World) -> Org:
    return await world.organization()


def home(provider: Any) -> str:
    """What is registered at the provider once its id is known."""
    uri: str = provider["redirect_uris"][0]
    return uri


async def visit(http: httpx.AsyncClient, org: Org, provider: Any, subject: str) -> httpx.Response:
    going = await Going.away(http, org, provider, device="A browser")
    return await going.back(await real.visited(going.url, subject))


async def test_somebody_joins_and_comes_back(
    http: httpx.AsyncClient, world: World, org: Org, issuer: str
) -> None:
    provider = await provider_of(org, issuer, joins=True, default_group="support_staff")
    provider = await changed(org, provider, **await real.registered(issuer, home(provider)))
    await real.known(issuer, "ann", name="Ann Ortiz", email="ann@there.example")
    assert "client_secret" not in provider
    assert provider["has_client_secret"]
    first = await visit(http, org, provider, "ann")
    ann = signed_in(http, world.tokens, first)
    assert (ann.name, first.json()["member"]["group"]) == ("Ann Ortiz", "support_staff")
    assert first.json()["session"]["device"] == "A browser"
    me = await ann.read("/v1/me")
    assert (me["email"], me["organization"]["id"]) == (
        "ann@there.example",
        str(org.id),
    )
    again = signed_in(http, world.tokens, await visit(http, org, provider, "ann"))
    assert (again.member_id, again.principal.account_id) == (
        ann.member_id,
        ann.principal.account_id,
    )
    joined = await org.admin.read("/v1/organization/events?limit=100")
    verbs = [e["verb"] for e in joined["items"] if e["subject_id"] == str(ann.member_id)]
    assert verbs == ["member.joined"]


async def test_who_is_not_known_is_told_what_to_do(
    http: httpx.AsyncClient, org: Org, issuer: str
) -> None:
    provider = await provider_of(org, issuer)
    reply = await visit(http, org, provider, "stranger")
    assert (reply.status_code, reply.json()["code"]) == (403, "identity_unknown")
    assert "administrator" in reply.json()["detail"]
    await changed(org, provider, joins=True)
    reply = await visit(http, org, provider, "stranger")
    assert (reply.status_code, reply.json()["code"]) == (403, "no_group")


async def test_a_provider_that_says_no(http: httpx.AsyncClient, org: Org, issuer: str) -> None:
    provider = await provider_of(org, issuer)
    going = await Going.away(http, org, provider)
    brought = await real.visited(going.url, "deny")
    brought = {"error": brought["error"], "state": going.asked["state"]}
    reply = await going.back(brought)
    assert (reply.status_code, reply.json()["code"]) == (401, "provider_refused")
    assert (await going.back(brought)).json()["code"] == "provider_sign_in_refused"


async def test_a_wrong_secret_is_refused(http: httpx.AsyncClient, org: Org, issuer: str) -> None:
    provider = await provider_of(org, issuer)
    client = await real.registered(issuer, home(provider)) | {"client_secret": "another"}
    provider = await changed(org, provider, **client)
    reply = await visit(http, org, provider, "ann")
    assert (reply.status_code, reply.json()["code"]) == (401, "provider_sign_in_refused")


async def test_a_member_links_themselves_and_signs_in(
    http: httpx.AsyncClient, world: World, org: Org, issuer: str
) -> None:
    provider = await provider_of(org, issuer)
    fay = await org.member(name="Fay")
    going = await Going.to_link(fay, provider)
    linked = await going.linked(fay, await real.visited(going.url, "fay-there"))
    assert linked.status_code == 200, linked.text
    assert (await fay.read("/v1/me/identities"))["items"] == [linked.json()]
    assert linked.json()["subject"] == "fay-there"
    back = signed_in(http, world.tokens, await visit(http, org, provider, "fay-there"))
    assert back.member_id == fay.member_id


async def test_what_an_administrator_is_told_of_it(org: Org, issuer: str) -> None:
    provider = await provider_of(org, issuer)
    report = (await org.admin.post(f"/v1/identity-providers/{provider['id']}/test")).json()
    assert (report["works"], report["problem"], report["keys"]) == (True, None, 1)
    assert report["signing_algorithms"] == ["RS256"]
    wrong = await provider_of(org, f"{issuer}/")
    report = (await org.admin.post(f"/v1/identity-providers/{wrong['id']}/test")).json()
    assert (report["works"], report["keys"]) == (False, 0)
    assert f"{issuer}/" in report["problem"]
