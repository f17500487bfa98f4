"""Short ways to set up an action, to begin it, to say what moved after it."""

from typing import Any

from httpx import Response

from tests.api.outcomes.opportunity_scene import moved
from tests.api.permissions.nouns.outcomes import ACTION, OUTCOME
from tests.api.voices.scene import Scene
from tests.world import Caller


async def set_up(place: Scene, who: Caller, **fields: Any) -> dict[str, Any]:
    """An action of the journey, owned by who sets it up."""
    return await who.made(f"/v1/journeys/{place.journey}/actions", ACTION | fields)


async def begun(place: Scene, who: Caller, **fields: Any) -> dict[str, Any]:
    """The same, in progress."""
    one = await set_up(place, who, **fields)
    assert (await moved(who, one, "in_progress")).status_code == 200
    return one


async def recorded(who: Caller, one: dict[str, Any], version: int = 0, **fields: Any) -> Response:
    """What moved after an action."""
    path = f"/v1/actions/{one['id']}/outcome"
    return await who.put(path, OUTCOME | fields, If_Match=f'"{version}"')


async def judged(
    who: Caller, one: dict[str, Any], decision: str = "verified", **fields: Any
) -> Response:
    """What somebody else thinks of it."""
    path = f"/v1/actions/{one['id']}/outcome"
    version = (await who.read(path))["version"]
    body = {"decision": decision} | fields
    return await who.post(f"{path}/verify", body, If_Match=f'"{version}"')


async def waived(
    who: Caller, one: dict[str, Any], reason: str = "The law asks for it."
) -> Response:
    """An outcome that need not be shown."""
    version = (await who.read(f"/v1/actions/{one['id']}"))["version"]
    path = f"/v1/actions/{one['id']}/waiver"
    return await who.post(path, {"reason": reason}, If_Match=f'"{version}"')
