"""Somebody with an access token in place of a session's."""

from dataclasses import replace
from typing import Any

from tests.world import Caller


async def made(caller: Caller, *scopes: str, **more: Any) -> dict[str, Any]:
    """A new token, as its maker is told of it."""
    return await caller.made("/v1/access-tokens", {"name": "Robot", "scopes": [*scopes]} | more)


def with_token(caller: Caller, token: dict[str, Any]) -> Caller:
    """The same member, showing this token."""
    return replace(caller, token=token["token"])


async def narrowed(caller: Caller, *scopes: str) -> Caller:
    """The same member with a new token for these scopes."""
    return with_token(caller, await made(caller, *scopes))
