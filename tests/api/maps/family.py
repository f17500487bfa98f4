"""Journeys that open into one another, each with touchpoints to open."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from tests.world import Caller, Org, World

Thing = dict[str, Any]


@dataclass
class Family:
    """Journeys by name; every one has a stage with two touchpoints."""

    org: Org
    journeys: dict[str, str] = field(default_factory=dict)
    touchpoints: dict[str, list[str]] = field(default_factory=dict)

    async def journey(self, name: str, owner: Caller | None = None, **fields: Any) -> str:
        """One more journey of this name."""
        by = owner or self.org.admin
        made = await self.org.journey(by, title=name, template="blank", **fields)
        stage = await by.made(f"/v1/journeys/{made}/stages", {"name": "Ride"})
        path = f"/v1/stages/{stage['id']}/touchpoints"
        places = [await by.made(path, {"name": f"{name} {at}"}) for at in range(2)]
        self.touchpoints[name] = [place["id"] for place in places]
        self.journeys[name] = str(made)
        return str(made)

    async def opens(
        self, parent: str, child: str | UUID, at: int = 0, by: Caller | None = None
    ) -> httpx.Response:
        """Let a touchpoint of one open into another, at the version there is."""
        caller, touchpoint = by or self.org.admin, self.touchpoints[parent][at]
        path = f"/v1/touchpoints/{touchpoint}"
        version = (await caller.read(path))["version"]
        body = {"journey_id": self.journeys.get(str(child), str(child))}
        return await caller.put(f"{path}/child-journey", body, If_Match=f'"{version}"')

    async def opened(self, *links: tuple[str, str]) -> None:
        """The same for several, which must work."""
        for parent, child in links:
            reply = await self.opens(parent, child)
            assert reply.status_code == 200, reply.text

    async def tree(self, name: str, by: Caller | None = None) -> Thing:
        return await (by or self.org.admin).read(f"/v1/journeys/{self.journeys[name]}/tree")


async def family(world: World, names: str) -> Family:
    """A family of journeys with these names, one letter each."""
    found = Family(await world.organization())
    for name in names:
        await found.journey(name)
    return found
