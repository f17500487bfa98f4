"""What a provider has begun: how far it reaches, and when it ends."""

from typing import Any

import pytest

from tests.api.identity.tokens import narrowed
from tests.api.sign_in.crooked import Crooked, open_for_business
from tests.api.sign_in.going import (
    PATH,
    Going,
    also_member,
    changed,
    code,
    let_in,
    link,
    provider_of,
    visit,
)
from tests.world import Org


@pytest.fixture
async def provider(org: Org, crooked: Crooked) -> dict[str, Any]:
    return await provider_of(org, crooked.issuer, joins=True, default_group="support_staff")


async def test_a_session_of_a_provider_opens_its_organization_only(
    org: Org, crooked: Crooked
) -> None:
    provider = await provider_of(org, crooked.issuer)
    fay = await org.member(name="Fay")
    other = await org.world.organization("Elsewhere")
    await also_member(other, fay)
    assert (await link(fay, crooked, provider, "fay")).status_code == 200
    switch = {"organization_id": str(other.id)}
    by_provider = await let_in(org, crooked, provider, "fay")
    refused = (403, "session_of_provider")
    assert code(await by_provider.post("/v1/sessions/current/switch", switch)) == refused
    me = await by_provider.read("/v1/me")
    renamed = await by_provider.patch("/v1/me", {"name": "X"}, If_Match=f'"{me["version"]}"')
    assert code(renamed) == refused
    turned = await fay.post("/v1/sessions/current/switch", switch)
    assert turned.status_code == 200, turned.text
    theirs = (await by_provider.read("/v1/sessions"))["items"]
    assert {one["organization_id"] for one in theirs} == {str(org.id)}
    gone = await by_provider.delete(f"/v1/sessions/{fay.principal.session_id}")
    assert gone.status_code == 404
    assert len((await by_provider.read("/v1/me/organizations"))["items"]) == 2


async def test_switching_a_provider_off_ends_what_it_began(
    org: Org, crooked: Crooked, provider: dict[str, Any]
) -> None:
    ann = await let_in(org, crooked, provider)
    fay = await org.member()
    assert (await link(fay, crooked, provider, "fay")).status_code == 200
    underway = await Going.away(org.world.http, org, provider)
    await changed(org, provider, name="Another name")
    assert (await ann.get("/v1/me")).status_code == 200
    await changed(org, provider, enabled=False)
    assert (await ann.get("/v1/me")).status_code == 401
    assert (await fay.get("/v1/me")).status_code == 200
    back = await underway.back(crooked.code(underway.url, "ann"))
    assert code(back) == (401, "provider_sign_in_refused")
    await changed(org, provider, enabled=True)
    again = await let_in(org, crooked, provider)
    assert again.member_id == ann.member_id
    await changed(org, provider, issuer=f"{crooked.issuer}/")
    assert (await again.get("/v1/me")).status_code == 401
    await changed(org, provider, issuer=crooked.issuer)
    last = await let_in(org, crooked, provider)
    version = (await org.admin.read(f"{PATH}/{provider['id']}"))["version"]
    path = f"{PATH}/{provider['id']}"
    assert (await org.admin.delete(path, If_Match=f'"{version}"')).status_code == 204
    assert (await last.get("/v1/me")).status_code == 401
    assert (await org.admin.get(path)).status_code == 404


async def test_a_token_ends_with_the_provider_that_let_its_owner_in(
    org: Org, crooked: Crooked, provider: dict[str, Any]
) -> None:
    fay = await org.member()
    identity = (await link(fay, crooked, provider, "fay")).json()
    assert (await link(fay, crooked, provider, "another way in")).status_code == 200
    by_password, by_provider = [
        await narrowed(one, "read", "account")
        for one in (fay, await let_in(org, crooked, provider, "fay"))
    ]
    assert (await fay.delete(f"/v1/me/identities/{identity['id']}")).status_code == 204
    assert (await by_provider.get("/v1/me")).status_code == 401
    ann = await narrowed(await let_in(org, crooked, provider), "read", "account")
    assert (await ann.get("/v1/me")).status_code == 200
    await changed(org, provider, enabled=False)
    assert (await ann.get("/v1/me")).status_code == 401
    assert (await by_password.get("/v1/me")).status_code == 200


async def test_an_address_taken_away_is_no_way_back(
    org: Org, crooked: Crooked, provider: dict[str, Any]
) -> None:
    underway = await Going.away(org.world.http, org, provider)
    more = [*provider["redirect_uris"], "https://new.example/{provider_id}"]
    kept = await changed(org, provider, redirect_uris=more)
    await let_in(org, crooked, provider)
    await changed(org, provider, redirect_uris=kept["redirect_uris"][1:])
    back = await underway.back(crooked.code(underway.url, "ann"))
    assert code(back) == (401, "provider_sign_in_refused")


async def test_the_last_way_in_stays_open(
    org: Org, crooked: Crooked, provider: dict[str, Any]
) -> None:
    ann = await let_in(org, crooked, provider)
    (mine,) = (await ann.read("/v1/me/identities"))["items"]
    path = f"/v1/me/identities/{mine['id']}"
    assert code(await ann.delete(path)) == (409, "last_way_in")
    async with open_for_business() as second:
        other = await provider_of(org, second.issuer)
        assert (await link(ann, second, other, "ann-too")).status_code == 200
        again = await let_in(org, crooked, provider)
        assert (await ann.delete(path)).status_code == 204
        assert (await ann.get("/v1/me")).status_code == 200
        assert (await again.get("/v1/me")).status_code == 401
        assert (await ann.delete(path)).status_code == 404
        (rest,) = (await ann.read("/v1/me/identities"))["items"]
        await changed(org, other, enabled=False)
        assert code(await ann.delete(f"/v1/me/identities/{rest['id']}")) == (409, "last_way_in")


async def test_no_administrator_locks_everybody_out(
    org: Org, crooked: Crooked, provider: dict[str, Any]
) -> None:
    assert (await link(org.admin, crooked, provider, "chief")).status_code == 200
    path = f"{PATH}/{provider['id']}"
    for reply in (
        await org.admin.patch(path, {"enabled": False}, If_Match='"1"'),
        await org.admin.delete(path, If_Match='"1"'),
    ):
        assert code(reply) == (409, "last_way_in")
    chief = await let_in(org, crooked, provider, "chief")
    assert chief.member_id == org.admin.member_id


async def test_a_secret_whose_key_is_gone_is_told_to_the_administrator(
    org: Org, crooked: Crooked, provider: dict[str, Any]
) -> None:
    async with org.world.database.transaction(org.id) as tx:
        await (await tx.driver()).execute("UPDATE identity_providers SET client_secret = 'gone'")
    reply = await visit(org, crooked, provider)
    assert code(reply) == (503, "provider_unavailable")
    report = (await org.admin.post(f"{PATH}/{provider['id']}/test")).json()
    assert (report["works"], "set it" in report["problem"]) == (False, True)
    await changed(org, provider, client_secret="another")
    await let_in(org, crooked, provider)
