"""What a provider says of a person beside the ID token."""

from collections.abc import Mapping
from typing import Any

from api.auth.exchange import BadCode, Tokens
from api.auth.fetching import fetched
from api.auth.metadata import Metadata
from api.outbound import Outbound


async def told_of(
    outbound: Outbound, metadata: Metadata, tokens: Tokens, claims: Mapping[str, Any], *more: str
) -> dict[str, Any]:
    """The claims, with what only the UserInfo endpoint says (Core 1.0, section 5.3).

    It is asked when one of `name`, `email` and `more` is missing. Unavailable when it says nothing
    or speaks of somebody else.
    """
    wanted = {"name", "email", *more} - {"", *claims}
    if not wanted or metadata.userinfo_endpoint is None or tokens.access_token is None:
        return dict(claims)
    bearer = {"Authorization": f"Bearer {tokens.access_token}"}
    told = await fetched(outbound, metadata.userinfo_endpoint, dict[str, Any], **bearer)
    if told.get("sub") != claims["sub"]:
        raise BadCode("the UserInfo endpoint speaks of somebody else")
    return told | dict(claims)
