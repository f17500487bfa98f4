"""A small map drawn through HTTP, and the refusals that every change of it knows."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.roles import Group
from tests.world import Caller, Org, World

Thing = dict[str, Any]


@dataclass
class Drawing:
    """A journey of two stages with two touchpoints in the first, drawn by its owner."""

    org: Org
    owner: Caller
    journey: UUID
    stages: list[Thing]
    touchpoints: list[Thing]

    @property
    def map_path(self) -> str:
        return f"/v1/journeys/{self.journey}/map"

    async def stage(self, name: str, **fields: Any) -> Thing:
        """One more stage."""
        body = {"name": name} | fields
        return await self.owner.made(f"/v1/journeys/{self.journey}/stages", body)

    async def touchpoint(self, name: str, stage: int = 0, **fields: Any) -> Thing:
        """One more touchpoint in a stage."""
        path = f"/v1/stages/{self.stages[stage]['id']}/touchpoints"
        return await self.owner.made(path, {"name": name} | fields)

    async def lane(self, question: str = "How can we improve?", **fields: Any) -> Thing:
        """One more lane, custom by default."""
        path = f"/v1/journeys/{self.journey}/lanes"
        return await self.owner.made(path, {"question": question} | fields)

    async def emotion(self, touchpoint: int = 0, **fields: Any) -> Thing:
        """An emotion at a touchpoint."""
        path = f"/v1/touchpoints/{self.touchpoints[touchpoint]['id']}/emotions"
        body = {"label": "lost", "valence": -2, "intensity": 4} | fields
        return await self.owner.made(path, body)

    async def map(self, caller: Caller | None = None) -> Thing:
        """The map as it is now."""
        return await (caller or self.owner).read(self.map_path)


async def drawing(world: World, **fields: Any) -> Drawing:
    """A small map, alone in an organization of its own."""
    org = await world.organization()
    owner = org.admin
    journey = await org.journey(template="blank", **fields)
    drawn = Drawing(org, owner, journey, [], [])
    drawn.stages = [await drawn.stage("Before"), await drawn.stage("After")]
    drawn.touchpoints = [await drawn.touchpoint("Call"), await drawn.touchpoint("Visit")]
    return drawn


async def assert_only_editors(
    drawn: Drawing, method: str, path: str, body: Any = None, **headers: Any
) -> None:
    """403 to who may not edit, with who may; 404 to a stranger; 403 to the owner when locked."""
    reader = await drawn.org.member(Group.EXECUTIVE)
    refused = await reader.call(method, path, body, **headers)
    assert refused.status_code == 403, refused.text
    assert "the owner or an editor" in refused.json()["detail"]
    stranger = (await drawn.org.world.organization()).admin
    unknown = await stranger.call(method, path, body, **headers)
    assert unknown.status_code == 404, unknown.text


async def assert_asks_version(
    drawn: Drawing, method: str, path: str, body: Any = None, version: int = 1
) -> None:
    """428 without If-Match, 412 with another version than the present one."""
    missing = await drawn.owner.call(method, path, body)
    assert missing.status_code == 428, missing.text
    stale = await drawn.owner.call(method, path, body, If_Match=f'"{version + 7}"')
    assert stale.status_code == 412, stale.text
    assert stale.headers["etag"] == f'"{version}"'


def pointers(reply: Any) -> list[str]:
    """The places that a problem names."""
    return [error["pointer"] for error in reply.json()["errors"]]
