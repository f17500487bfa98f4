"""A moment on the map and somebody of each group, to draft, approve and use playbooks."""

from typing import Any

from domain.roles import Group
from tests.api.voices.scene import Scene, scene
from tests.world import Caller, World

F, S, D, X = Group
LIMITS = {"frontline_staff": 2000, "support_staff": None, "decision_maker": 9000}
PLAYBOOK = {"title": "Call back", "recovery_kind": "compensation", "steps": ["Say sorry."]}


async def on_stage(world: World, **fields: Any) -> tuple[Scene, str]:
    """The scene and its moment."""
    place = await scene(world, **fields)
    moment = await place.owner.made(f"/v1/touchpoints/{place.touchpoint}/moments", {})
    return place, moment["id"]


async def drafted(by: Caller, moment: str, **fields: Any) -> dict[str, Any]:
    """A draft of somebody."""
    return await by.made(f"/v1/moments/{moment}/playbooks", PLAYBOOK | fields)


async def approve(by: Caller, playbook: dict[str, Any], **terms: Any) -> Any:
    """Approve what was read."""
    path = f"/v1/playbooks/{playbook['id']}/approve"
    return await by.post(path, terms, If_Match=f'"{playbook["version"]}"')


async def approved(place: Scene, moment: str, **terms: Any) -> dict[str, Any]:
    """A playbook that the frontline wrote and a decision-maker approved."""
    draft = await drafted(place[F], moment)
    reply = await approve(place[D], draft, **({"limits": LIMITS} | terms))
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def draft_anew(by: Caller, playbook: dict[str, Any]) -> Any:
    """Ask for a copy to improve."""
    return await by.post(f"/v1/playbooks/{playbook['id']}/draft")


async def close(place: Scene) -> None:
    """Lock the journey."""
    path = f"/v1/journeys/{place.journey}"
    version = (await place.owner.read(path))["version"]
    reply = await place.owner.post(f"{path}/lock", If_Match=f'"{version}"')
    assert reply.status_code == 200, reply.text
