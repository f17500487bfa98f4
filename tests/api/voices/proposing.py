"""Suggesting changes to a small map, and deciding about them."""

from dataclasses import dataclass
from typing import Any

import httpx

from domain.roles import Group
from tests.api.accountability.moments import Scene, decisive
from tests.world import Caller, Org, World

Thing = dict[str, Any]


@dataclass
class Bench:
    """A map whose touchpoints are moments, with a custom lane; `ann` may edit nothing of it."""

    scene: Scene
    ann: Caller
    lane: str

    @property
    def org(self) -> Org:
        return self.scene.drawn.org

    @property
    def owner(self) -> Caller:
        return self.scene.owner

    @property
    def journey(self) -> str:
        return str(self.scene.drawn.journey)

    @property
    def stage(self) -> str:
        found: str = self.scene.drawn.stages[0]["id"]
        return found

    def subject(self, about: str) -> Thing:
        """What names the subject of a kind in the body of a proposal."""
        if about == "cell":
            return {"lane_id": self.lane, "stage_id": self.stage}
        ids = {
            "touchpoint": self.scene.here,
            "stage": self.stage,
            "moment": self.scene.moments[0],
        }
        return {"subject_id": ids[about]}

    def body(self, about: str, changes: Thing, **more: Any) -> Thing:
        """A proposal on the first version; of a cell, on the empty one."""
        base = {"base_version": int(about != "cell"), "reason": "They say so."}
        return {"about": about, "changes": changes} | self.subject(about) | base | more

    async def propose(self, about: str, by: Caller | None = None, **changes: Any) -> Thing:
        """A proposal by Ann that must be taken."""
        return await (by or self.ann).made("/v1/proposals", self.body(about, changes))

    async def refused(self, about: str, changes: Thing, **more: Any) -> httpx.Response:
        """What Ann is answered when she proposes this."""
        return await self.ann.post("/v1/proposals", self.body(about, changes, **more))

    async def change(self, about: str, **changes: Any) -> Thing:
        """The owner changes the subject directly."""
        if about == "cell":
            body = {"stage_id": self.stage} | changes
            path = f"/lanes/{self.lane}/cells"
            return await self.scene.send("PUT", path, body, await self.version(about))
        path = f"/{about}s/{self.subject(about)['subject_id']}"
        return await self.scene.send("PATCH", path, changes, await self.version(about))

    async def version(self, about: str) -> int:
        """The version that the subject has now."""
        return int((await self.now(about))["version"])

    async def now(self, about: str) -> Thing:
        """The subject as it is now."""
        if about == "moment":
            return await self.owner.read(f"/v1/moments/{self.scene.moments[0]}")
        drawn = await self.scene.drawn.map()
        if about == "cell":
            empty = {"body": "", "version": 0}
            return next((one for one in drawn["cells"] if one["lane_id"] == self.lane), empty)
        id_ = self.subject(about)["subject_id"]
        found: Thing = next(one for one in drawn[f"{about}s"] if one["id"] == id_)
        return found


def etag(proposal: Thing) -> dict[str, str]:
    return {"If_Match": f'"{proposal["version"]}"'}


async def accept(by: Caller, proposal: Thing, **body: Any) -> httpx.Response:
    """Say yes to a proposal as it was read."""
    return await by.post(f"/v1/proposals/{proposal['id']}/accept", body, **etag(proposal))


async def reject(by: Caller, proposal: Thing, reason: str = "Not now.") -> httpx.Response:
    """Say no to a proposal as it was read."""
    body = {"reason": reason}
    return await by.post(f"/v1/proposals/{proposal['id']}/reject", body, **etag(proposal))


async def accepted(by: Caller, proposal: Thing, **body: Any) -> Thing:
    """The proposal after a yes that must be taken."""
    reply = await accept(by, proposal, **body)
    assert reply.status_code == 200, reply.text
    found: Thing = reply.json()
    return found


async def bench(world: World) -> Bench:
    """An organization of its own."""
    scene = await decisive(world)
    ann = await scene.drawn.org.member(Group.FRONTLINE_STAFF, name="Ann")
    lane: str = (await scene.drawn.lane())["id"]
    return Bench(scene, ann, lane)
