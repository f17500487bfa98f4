"""Short ways to see an opportunity, to change one, and to look at it again."""

from typing import Any

from httpx import Response

from tests.api.voices.scene import Scene
from tests.world import Caller


async def seen(
    place: Scene, who: Caller, title: str = "Tell them", **fields: Any
) -> dict[str, Any]:
    """An opportunity of the journey."""
    path = f"/v1/journeys/{place.journey}/opportunities"
    return await who.made(path, {"title": title} | fields)


async def moved(who: Caller, one: dict[str, Any], to: str, note: str = "") -> Response:
    """An opportunity or action, moved from where it is now."""
    path = f"/v1/{'actions' if 'owner_id' in one else 'opportunities'}/{one['id']}"
    version = (await who.read(path))["version"]
    body = {"to": to} | ({"note": note} if note else {})
    return await who.post(f"{path}/transitions", body, If_Match=f'"{version}"')


async def vote(who: Caller, one: dict[str, Any]) -> Response:
    """A vote for an opportunity."""
    return await who.put(f"/v1/opportunities/{one['id']}/vote")


async def merge(who: Caller, one: dict[str, Any], into: dict[str, Any]) -> Response:
    """One opportunity made part of another."""
    path = f"/v1/opportunities/{one['id']}"
    version = (await who.read(path))["version"]
    body = {"into_id": into["id"]}
    return await who.post(f"{path}/merge", body, If_Match=f'"{version}"')
