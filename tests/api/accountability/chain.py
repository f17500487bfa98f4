"""A chain of command over somebody at the desk, and threads to be taken up it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx

from domain.roles import Group
from tests.api.voices.scene import Scene, scene
from tests.world import Caller, World

F, S, D, X = Group


@dataclass
class Chain:
    """Ann at the desk, managed by Mia, she by Dan, he by Eve. Hal heads the service above the desk.

    The administrator owns the journey; nobody stands above them.
    """

    place: Scene
    people: dict[str, Caller]
    desk: str
    service: str

    def __getitem__(self, name: str) -> Caller:
        return self.people[name]

    def name_of(self, member_id: str | None) -> str | None:
        """Who this is."""
        names = {str(one.member_id): name for name, one in self.people.items()}
        return names[member_id] if member_id else None

    async def say(self, by: str = "ann", **fields: Any) -> dict[str, Any]:
        """An annotation on the touchpoint."""
        return await self.place.say(self[by], **fields)

    async def assign(
        self, said: dict[str, Any], whom: str | None, due_on: date | None = None
    ) -> dict[str, Any]:
        """The owner gives the thread to somebody, until a day."""
        member_id = str(self[whom].member_id) if whom else None
        body = {"member_id": member_id, "due_on": due_on.isoformat() if due_on else None}
        return await self.turned(said, "assign", body)

    async def turned(
        self, said: dict[str, Any], verb: str, body: Any = None, by: str = "owner"
    ) -> dict[str, Any]:
        """What becomes of the thread; it must work."""
        path = f"/v1/annotations/{said['id']}"
        version = (await self[by].read(path))["version"]
        reply = await self[by].post(f"{path}/{verb}", body, If_Match=f'"{version}"')
        assert reply.status_code == 200, reply.text
        found: dict[str, Any] = reply.json()
        return found

    async def escalate(
        self, said: dict[str, Any], by: str = "owner", to: str | None = None, **more: Any
    ) -> httpx.Response:
        """Take it up by hand."""
        body = {"reason": "Nothing moves."} | more
        if to is not None:
            body["to_member_id"] = str(self[to].member_id)
        return await self[by].post(f"/v1/annotations/{said['id']}/escalate", body)

    async def steps(self, subject_id: str, by: str = "owner") -> list[tuple[int, str, str | None]]:
        """What went up about something, oldest first: step, level, whom it reached."""
        found = await self[by].read(f"/v1/escalations?subject={subject_id}&limit=100")
        return [
            (one["step"], one["level"], self.name_of(one["to_id"]))
            for one in reversed(found["items"])
        ]

    async def suspend(self, name: str) -> None:
        """Suspend somebody."""
        path = f"/v1/members/{self[name].member_id}"
        version = (await self["owner"].read(path))["version"]
        body = {"status": "suspended"}
        reply = await self["owner"].patch(path, body, If_Match=f'"{version}"')
        assert reply.status_code == 200, reply.text

    async def set(self, **settings: Any) -> None:
        """Change the organization's settings."""
        version = (await self["owner"].read("/v1/organization"))["version"]
        reply = await self["owner"].patch("/v1/organization", settings, If_Match=f'"{version}"')
        assert reply.status_code == 200, reply.text

    async def answered_by(self, department: str) -> None:
        """Which department answers for the touchpoint."""
        path = f"/v1/touchpoints/{self.place.touchpoint}"
        version = (await self["owner"].read(path))["version"]
        body = {"responsible_department_id": department}
        reply = await self["owner"].patch(path, body, If_Match=f'"{version}"')
        assert reply.status_code == 200, reply.text


async def chain(world: World, **fields: Any) -> Chain:
    """The organization with its journey, in review by default."""
    place = await scene(world, **fields)
    org, admin = place.org, place.owner
    service = (await admin.made("/v1/departments", {"name": "Service"}))["id"]
    desk = (await admin.made("/v1/departments", {"name": "Desk", "parent_id": service}))["id"]
    eve = await org.member(X, name="eve")
    dan = await org.member(D, name="dan", manager_id=eve.member_id)
    mia = await org.member(S, name="mia", manager_id=dan.member_id)
    ann = await org.member(F, name="ann", manager_id=mia.member_id, department_id=desk)
    hal = await org.member(D, name="hal", department_id=service)
    head = {"head_member_id": str(hal.member_id)}
    reply = await admin.patch(f"/v1/departments/{service}", head, If_Match='"1"')
    assert reply.status_code == 200, reply.text
    chief = place[X]  # the executive who has been there longest
    people = {
        "owner": admin,
        "chief": chief,
        "eve": eve,
        "dan": dan,
        "mia": mia,
        "ann": ann,
        "hal": hal,
    }
    return Chain(place, people, desk, service)
