"""A moment of truth with people around it, for the reports."""

from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from domain.roles import Group
from tests.world import Caller, Org

F, S, D, X = Group


@dataclass
class Scene:
    """A journey of `owner` (decision-maker) with one touchpoint, "Call", that is a moment."""

    org: Org
    owner: Caller
    journey: str
    stage: str
    touchpoint: str
    moment: dict[str, Any]
    people: dict[str, Caller] = field(default_factory=dict)

    @classmethod
    async def of(cls, org: Org, **fields: Any) -> Self:
        """Set it up in a journey with these fields."""
        owner = await org.member(D, name="Olga Own")
        journey: UUID = await org.journey(owner=owner, **fields)
        made = await owner.made(f"/v1/journeys/{journey}/stages", {"name": "Ride"})
        scene = cls(org, owner, str(journey), made["id"], "", {})
        scene.touchpoint = await scene.touchpoint_named("Call")
        scene.moment = await scene.decisive(scene.touchpoint)
        return scene

    async def person(self, name: str, group: Group = F, **place: Any) -> Caller:
        """A member who is known by a name."""
        self.people[name] = await self.org.member(group, name=name, **place)
        return self.people[name]

    async def touchpoint_named(self, name: str, **fields: Any) -> str:
        """One more touchpoint in the stage."""
        path = f"/v1/stages/{self.stage}/touchpoints"
        return str((await self.owner.made(path, {"name": name} | fields))["id"])

    async def decisive(self, touchpoint: str, **said: Any) -> dict[str, Any]:
        """Nominate a touchpoint."""
        return await self.owner.made(f"/v1/touchpoints/{touchpoint}/moments", said)

    async def say(self, by: Caller, about: str | None = None, **said: Any) -> dict[str, Any]:
        """Annotate, the touchpoint without more."""
        body = {"subject_id": about or self.touchpoint, "kind": "issue", "body": "Too long."}
        return await by.made("/v1/annotations", body | said)

    @property
    def path(self) -> str:
        """Where the moment is."""
        return f"/v1/moments/{self.moment['id']}"


async def done(by: Caller, method: str, path: str, body: Any = None, **headers: Any) -> Any:
    """Do something that must succeed; what came back, null when nothing did."""
    reply = await by.call(method, path, body, **headers)
    assert reply.status_code < 300, reply.text
    return reply.json() if reply.content else None


async def rate(caller: Caller, touchpoint: str, **axes: int | None) -> None:
    """Rate a touchpoint; what is not said is not known."""
    numbers = dict.fromkeys(("emotional", "business", "importance", "performance")) | axes
    await done(caller, "PUT", f"/v1/touchpoints/{touchpoint}/ratings/me", numbers)
