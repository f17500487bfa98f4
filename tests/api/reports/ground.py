"""A journey with touchpoints in order, and raters of every group to disagree about them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.roles import Group
from tests.world import Caller, Org, World

AXES = ("emotional", "business", "importance", "performance")


@dataclass
class Ground:
    """A journey in review; the administrator, a decision-maker, owns it."""

    world: World
    org: Org
    journey: UUID
    touchpoints: list[str]

    @property
    def owner(self) -> Caller:
        return self.org.admin

    @property
    def path(self) -> str:
        return f"/v1/journeys/{self.journey}"

    async def add(self, name: str, stage: str) -> str:
        """One touchpoint more, last in its stage."""
        made = await self.owner.made(f"/v1/stages/{stage}/touchpoints", {"name": name})
        self.touchpoints.append(made["id"])
        return str(made["id"])

    async def moment(self, at: int) -> str:
        """Nominate a touchpoint."""
        made = await self.owner.made(f"/v1/touchpoints/{self.touchpoints[at]}/moments", {})
        return str(made["id"])

    async def feel(self, at: int, valence: int, intensity: int, **more: Any) -> dict[str, Any]:
        """Record an emotion."""
        felt = {"label": "felt", "valence": valence, "intensity": intensity} | more
        return await self.owner.made(f"/v1/touchpoints/{self.touchpoints[at]}/emotions", felt)

    async def rated(self, at: int, group: Group, *emotional: int, **more: int) -> list[Caller]:
        """So many new members of a group rate a touchpoint."""
        people = [await self.org.member(group) for _ in emotional]
        for who, value in zip(people, emotional, strict=True):
            await self.rate(who, at, emotional=value, **more)
        return people

    async def rate(self, who: Caller, at: int, **axes: int) -> None:
        """Somebody rates a touchpoint."""
        path = f"/v1/touchpoints/{self.touchpoints[at]}/ratings/me"
        reply = await who.put(path, dict.fromkeys(AXES) | axes)
        assert reply.status_code in (200, 201), reply.text


async def ground(world: World, count: int = 3, **fields: Any) -> Ground:
    """A journey with so many touchpoints in two new stages, a, b, c in map order."""
    org = await world.organization()
    journey = await org.journey(**fields)
    found = Ground(world, org, journey, [])
    stages = [
        (await org.admin.made(f"/v1/journeys/{journey}/stages", {"name": name}))["id"]
        for name in ("First", "Last")
    ]
    for number in range(count):
        await found.add("abcdefgh"[number], stages[number * 2 >= count])
    return found
