"""A journey with one moment, and the people who may come to answer for it."""

from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import bindparam, select

from domain.database import Row, hot
from domain.models.accountability.escalations import Deadline
from domain.roles import Group
from tests.api.voices.scene import Scene, scene
from tests.world import Caller, Org, World

F, S, D, X = Group
_LOOKS = hot(
    select(*Deadline.__table__.c).where(
        Deadline.organization_id == bindparam("organization_id"), Deadline.done_at.is_(None)
    )
)


@dataclass
class Moment:
    """A moment of truth. The administrator owns its journey; `manager` manages `ann` only."""

    place: Scene
    id: str
    manager: Caller
    ann: Caller
    boss: Caller

    @property
    def org(self) -> Org:
        return self.place.org

    @property
    def owner(self) -> Caller:
        return self.place.owner

    async def assign(self, by: Caller, whom: Caller, role: str = "accountable") -> httpx.Response:
        """Ask a member to answer for the moment."""
        body = {"role": role, "member_id": str(whom.member_id)}
        return await by.post(f"/v1/moments/{self.id}/responsibilities", body)

    async def assigned(self, whom: Caller, role: str = "accountable") -> dict[str, Any]:
        """The same by the owner; it must work."""
        reply = await self.assign(self.owner, whom, role)
        assert reply.status_code == 201, reply.text
        found: dict[str, Any] = reply.json()
        return found

    async def accepted(self, whom: Caller, role: str = "accountable") -> dict[str, Any]:
        """A responsibility that was assigned and accepted."""
        given = await self.assigned(whom, role)
        reply = await act(whom, given, "accept")
        assert reply.status_code == 200, reply.text
        found: dict[str, Any] = reply.json()
        return found

    async def listed(self, query: str = "", by: Caller | None = None) -> list[dict[str, Any]]:
        """The responsibilities for the moment."""
        path = f"/v1/responsibilities?moment={self.id}{query}"
        items: list[dict[str, Any]] = (await (by or self.owner).read(path))["items"]
        return items

    async def department(self, head: Caller | None = None, name: str = "Service") -> str:
        """A department, with a head or without one."""
        made = await self.org.admin.made("/v1/departments", {"name": name})
        if head is not None:
            body, path = {"head_member_id": str(head.member_id)}, f"/v1/departments/{made['id']}"
            assert (await self.org.admin.patch(path, body, If_Match='"1"')).status_code == 200
        return str(made["id"])

    async def looks(self) -> list[Row]:
        """What the clock is still to look at in this organization."""
        async with self.place.world.database.transaction(self.org.id) as tx:
            return await tx.rows(_LOOKS, organization_id=self.org.id)

    async def set_status(self, whom: Caller, status: str) -> httpx.Response:
        """Suspend or reinstate a member."""
        path = f"/v1/members/{whom.member_id}"
        version = (await self.org.admin.read(path))["version"]
        reply = await self.org.admin.patch(path, {"status": status}, If_Match=f'"{version}"')
        assert reply.status_code == 200, reply.text
        return reply


async def moment_of(world: World, **fields: Any) -> Moment:
    """A nominated moment in a journey that is in review by default."""
    place = await scene(world, **fields)
    made = await place.owner.made(f"/v1/touchpoints/{place.touchpoint}/moments", {})
    manager = await place.org.member(F, name="manager")
    ann = await place.org.member(F, name="Ann", manager_id=manager.member_id)
    return Moment(place, made["id"], manager, ann, await place.org.member(X, name="boss"))


async def act(by: Caller, given: dict[str, Any], verb: str, **body: Any) -> httpx.Response:
    """Accept, decline or end what was given, as it was when it was read."""
    path = f"/v1/responsibilities/{given['id']}/{verb}"
    return await by.post(path, body or None, If_Match=f'"{given["version"]}"')
