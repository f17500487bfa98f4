"""Trying a provider: how it is now, and everything that would keep people out."""

from datetime import timedelta
from typing import Any

import pytest

from domain import clock
from tests.api.sign_in.crooked import Crooked
from tests.api.sign_in.going import PATH, Going, provider_of
from tests.world import Org


async def tried(org: Org, provider: dict[str, Any]) -> dict[str, Any]:
    reply = await org.admin.post(f"{PATH}/{provider['id']}/test")
    assert reply.status_code == 200
    told: dict[str, Any] = reply.json()
    return told


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("token_endpoint", "https://10.0.0.1/token", "token_endpoint is of no use: 10.0.0.1"),
        ("jwks_uri", "https://192.168.1.1/keys", "jwks_uri is of no use: 192.168.1.1"),
        ("userinfo_endpoint", "https://169.254.169.254/", "userinfo_endpoint is of no use: 169"),
        ("id_token_signing_alg_values_supported", ["none"], "with none only; good are RS256"),
        ("id_token_signing_alg_values_supported", ["HS256", "none"], "with HS256, none only"),
        ("id_token_signing_alg_values_supported", ["RS256"], "no key for an algorithm"),
    ],
)
async def test_what_would_keep_people_out_is_told(
    org: Org, crooked: Crooked, field: str, value: Any, said: str
) -> None:
    crooked.metadata[field] = value
    report = await tried(org, await provider_of(org, crooked.issuer))
    assert report["works"] is False
    assert said in report["problem"]


async def test_it_is_asked_now_and_what_it_says_counts_from_now_on(
    org: Org, crooked: Crooked
) -> None:
    provider = await provider_of(org, crooked.issuer)
    crooked.metadata["issuer"] = "https://other.example"
    (home,) = provider["redirect_uris"]
    told = {"organization_id": str(org.id), "provider_id": provider["id"], "redirect_uri": home}
    refused = await org.admin.http.post("/v1/sign-in/flows", json=told)
    assert refused.status_code == 503
    del crooked.metadata["issuer"]
    assert [(await tried(org, provider))["works"] for _ in range(3)] == [True] * 3
    asked = crooked.asked["/.well-known/openid-configuration"], crooked.asked["/keys"]
    assert asked == (2, 1)
    crooked.metadata["authorization_endpoint"] = f"{crooked.issuer}/elsewhere"
    then = clock.now() + timedelta(seconds=3)
    with clock.replaced(lambda: then):
        assert (await tried(org, provider))["works"]
        going = await Going.away(org.admin.http, org, provider)
    assert going.url.startswith(f"{crooked.issuer}/elsewhere?")
