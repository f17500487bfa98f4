"""One provider sends people on to another: whose code it is, the address tells that they reach."""

import httpx

from tests.api.sign_in.crooked import Crooked, open_for_business
from tests.api.sign_in.going import Going, at, code, link, provider_of, signed_in
from tests.world import Org, World

REFUSED = (401, "provider_sign_in_refused")


async def test_a_code_is_never_told_to_another_organizations_provider(
    http: httpx.AsyncClient, world: World, org: Org, crooked: Crooked
) -> None:
    honest = await provider_of(org, crooked.issuer, joins=True, default_group="executive")
    other = await world.organization()
    async with open_for_business() as evil:
        theirs = await provider_of(other, evil.issuer, joins=True, default_group="executive")
        mallory = await Going.away(http, org, honest)
        victim = await Going.away(http, other, theirs)
        # Sent on from the crooked provider, the browser arrives where the honest one sends it.
        sent_on = httpx.URL(mallory.url).copy_set_param("state", victim.asked["state"])
        brought = crooked.code(str(sent_on), "victim") | at(honest)
        assert code(await victim.back(brought)) == REFUSED
        assert evil.forms == []
        linking = await Going.to_link(other.admin, theirs)
        sent_on = sent_on.copy_set_param("state", linking.asked["state"])
        brought = crooked.code(str(sent_on), "victim") | at(honest)
        assert code(await linking.linked(other.admin, brought)) == (422, "linking_refused")
        assert evil.forms == []
        assert (await link(other.admin, evil, theirs, "chief")).status_code == 200
    going = await Going.away(http, org, honest)
    signed_in(http, world.tokens, await going.back(crooked.code(going.url, "victim")))


async def stored(org: Org, uris: list[str]) -> None:
    """The addresses of the provider as an older version may have left them."""
    async with org.world.database.transaction(org.id) as tx:
        await (await tx.driver()).execute("UPDATE identity_providers SET redirect_uris = $1", uris)


async def test_an_address_without_the_providers_id_is_no_way_back(
    http: httpx.AsyncClient, org: Org, crooked: Crooked
) -> None:
    provider = await provider_of(org, crooked.issuer)
    shared = {"redirect_uri": "https://app.example/signed-in"}
    await stored(org, [shared["redirect_uri"]])
    told = {"organization_id": str(org.id), "provider_id": provider["id"]} | shared
    reply = await http.post("/v1/sign-in/flows", json=told)
    assert code(reply) == (422, "bad_redirect_uri")
    await stored(org, provider["redirect_uris"])  # as the ledger has it
