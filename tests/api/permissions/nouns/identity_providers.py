"""Identity providers on stage, and as whom they know the owner. Nobody answers at their address."""

from typing import Any
from uuid import UUID

from domain.ids import new_id
from domain.models.identity.providers import Identity
from tests.api.permissions.cast import Cast, unique
from tests.api.permissions.shapes import Probe, change, get, make, own
from tests.world import Caller

COMING_BACK = {
    "flow": "ts_signin",
    "redirect_uri": "https://app.example/back",
    "state": "what was sent",
    "code": "what was given",
}


def provider(_: Cast) -> dict[str, Any]:
    """A provider that is not there."""
    back = "https://app.example/back/{provider_id}"
    address = {"issuer": "http://127.0.0.1:9", "redirect_uris": [back]}
    return address | {"name": "Login", "client_id": unique("client")}


def linking(cast: Cast) -> dict[str, str]:
    """A wish to be sent back to where nobody waits."""
    provider_id = cast.things["identity_provider"]
    return {"provider_id": provider_id, "redirect_uri": "https://other.example"}


async def fresh_identity(cast: Cast, caller: Caller) -> dict[str, str]:
    """As whom the provider knows the caller."""
    provider_id = UUID(cast.things["identity_provider"])
    async with cast.org.world.database.transaction(cast.org.id) as tx:
        identity = Identity(
            organization_id=cast.org.id,
            provider_id=provider_id,
            issuer="http://127.0.0.1:9",
            subject=str(new_id()),
            member_id=caller.member_id,
        )
        await tx.add(identity)
    return {"identity": str(identity.id)}


PROBES = {
    "listIdentityProviders": get("/identity-providers"),
    "createIdentityProvider": make("/identity-providers", provider, ""),
    "getIdentityProvider": get("/identity-providers/{identity_provider}"),
    "updateIdentityProvider": change(
        "PATCH", "/identity-providers/{identity_provider}", {"name": "Other"}, ""
    ),
    "removeIdentityProvider": change("DELETE", "/identity-providers/{identity_provider}", None, ""),
    "testIdentityProvider": Probe("POST", "/identity-providers/{identity_provider}/test"),
    "listMyIdentities": own("GET", "/me/identities"),
    "beginLinking": own("POST", "/me/identities", linking),
    "completeLinking": own("POST", "/me/identities/complete", COMING_BACK),
    "unlinkIdentity": own("DELETE", "/me/identities/{identity}", fresh=fresh_identity),
}


async def furnish(cast: Cast) -> None:
    """A provider, which knows the owner twice."""
    made = await cast["administrator"].made("/v1/identity-providers", provider(cast))
    cast.things["identity_provider"] = made["id"]
    for _ in range(2):
        cast.things |= await fresh_identity(cast, cast["owner"])
