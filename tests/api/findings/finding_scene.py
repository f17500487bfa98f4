"""Findings at a touchpoint, and short ways to make and read them."""

from typing import Any

from tests.api.voices.scene import Scene, etag
from tests.world import Caller

BODIES: dict[str, dict[str, Any]] = {
    "pain-points": {"text": "They wait an hour.", "pain": "frustration"},
    "requirements": {"text": "A place to sit.", "side": "customer"},
    "information-gaps": {"text": "The way in.", "fault": "missing", "lacking": "customer"},
    "experiences": {"text": "A smile.", "experience": "positive"},
    "obstacles": {"text": "Two systems.", "blocks": "One answer."},
    "drop-offs": {"text": "Too long.", "entered": 9, "left": 3},
    "promises": {"text": "Within a day."},
}
"""A good body for every kind."""


async def add(
    place: Scene, who: Caller, noun: str = "pain-points", **fields: Any
) -> dict[str, Any]:
    """A finding at the touchpoint of the scene."""
    return await who.made(f"/v1/touchpoints/{place.touchpoint}/{noun}", BODIES[noun] | fields)


async def do(who: Caller, one: dict[str, Any], what: str, body: Any = None) -> Any:
    """Close, reopen or merge what was read."""
    return await who.post(f"/v1/findings/{one['id']}/{what}", body, **etag(one["version"]))


async def read(who: Caller, one: dict[str, Any]) -> dict[str, Any]:
    """The same finding now."""
    found: dict[str, Any] = await who.read(f"/v1/findings/{one['id']}")
    return found


async def listed(who: Caller, query: str = "") -> list[str]:
    """The ids that a list of findings tells."""
    return [one["id"] for one in (await who.read(f"/v1/findings?{query}"))["items"]]
