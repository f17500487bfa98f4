"""Access tokens: everybody has their own."""

from tests.api.permissions.cast import Cast, unique
from tests.api.permissions.shapes import own
from tests.world import Caller


def token(cast: Cast | None = None) -> dict[str, object]:
    """A token that may read."""
    return {"name": unique("Token"), "scopes": ["read"]}


async def fresh_token(_: Cast, caller: Caller) -> dict[str, str]:
    """A token of the caller's own, to be revoked."""
    return {"access_token": (await caller.made("/v1/access-tokens", token()))["id"]}


PROBES = {
    "createAccessToken": own("POST", "/access-tokens", token),
    "listAccessTokens": own("GET", "/access-tokens"),
    "getAccessToken": own("GET", "/access-tokens/{access_token}", fresh=fresh_token),
    "revokeAccessToken": own("DELETE", "/access-tokens/{access_token}", fresh=fresh_token),
}


async def furnish(cast: Cast) -> None:
    """The owner has one."""
    made = await cast["owner"].made("/v1/access-tokens", token())
    cast.things["access_token"] = made["id"]
