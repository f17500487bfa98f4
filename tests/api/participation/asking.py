"""Somebody to ask: two departments, one below the other, and people of several groups in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from domain import clock, ledger
from domain.facts import Verb
from domain.models.identity.members import Member
from domain.roles import Group
from domain.services.participation import closing
from domain.words import MemberStatus
from tests.world import Caller, Org, World, actor_of, changed

F, S, D, X = Group
NUMBERS = {"emotional": 4, "business": None, "importance": 2, "performance": None}
DUE = timedelta(days=14)


@dataclass
class Asking:
    """The administrator owns the journey. Calls is below Service; the boss is an executive."""

    org: Org
    journey: str
    stages: list[str]
    touchpoints: list[str]
    service: str
    calls: str
    ann: Caller
    bob: Caller
    cleo: Caller
    boss: Caller

    @property
    def owner(self) -> Caller:
        return self.org.admin

    async def ask(self, **fields: Any) -> dict[str, Any]:
        """The owner asks Service, about the journey, two questions."""
        return await self.owner.made(self.path, self.question(**fields))

    @property
    def path(self) -> str:
        return f"/v1/journeys/{self.journey}/input-requests"

    def question(self, **fields: Any) -> dict[str, Any]:
        """A body of requestInput."""
        asked = {"due_at": told(datetime.now(UTC) + DUE), "questions": ["What?", "Why?"]}
        if not {"departments", "groups", "members"} & set(fields):
            asked["departments"] = [self.service]
        return asked | fields

    async def close(self, request_id: str) -> None:
        """What the clock does when the request is due."""
        async with self.org.world.database.transaction(self.org.id) as tx:
            head = await ledger.lock(tx, actor_of(self.owner, self.org.id), self.org_journey)
            await closing.close(tx, head, UUID(request_id))

    async def remind(self, request_id: str) -> list[closing.Reminder]:
        """What the clock does some days before."""
        async with self.org.world.database.transaction(self.org.id) as tx:
            head = await ledger.lock(tx, actor_of(self.owner, self.org.id), self.org_journey)
            return await closing.remind(tx, head, UUID(request_id))

    async def shut_out(self) -> None:
        """Take back every grant: a draft is then for its owner alone."""
        for grant in (await self.owner.read(f"/v1/journeys/{self.journey}/grants"))["items"]:
            path, etag = f"/v1/grants/{grant['id']}", f'"{grant["version"]}"'
            assert (await self.owner.delete(path, If_Match=etag)).status_code == 204

    async def suspend(self, whom: Caller) -> None:
        """Let somebody in no more."""
        async with self.org.world.database.transaction(self.org.id) as tx:
            member = await tx.entity(Member, (self.org.id, whom.member_id))
            assert member is not None
            suspended = MemberStatus.SUSPENDED.value
            await changed(tx, member, Verb.MEMBER_SUSPENDED, status=suspended)

    @property
    def org_journey(self) -> Any:
        return UUID(self.journey)

    async def events(self) -> list[dict[str, Any]]:
        """Everything that happened in the journey."""
        items: list[dict[str, Any]] = []
        path = f"/v1/journeys/{self.journey}/events?limit=100"
        found = await self.owner.read(path)
        items += found["items"]
        while found["next_cursor"]:
            found = await self.owner.read(f"{path}&cursor={found['next_cursor']}")
            items += found["items"]
        return items

    async def verbs(self, since: int) -> list[str]:
        """The verbs after so many events."""
        return [event["verb"] for event in (await self.events())[since:]]


def told(at: datetime) -> str:
    """An instant as the wire wants it."""
    return at.isoformat().replace("+00:00", "Z")


def answer(request: dict[str, Any]) -> str:
    """Where a request is answered."""
    return f"/v1/input-requests/{request['id']}/answer"


def code(reply: httpx.Response, status: int) -> str:
    """The code of a problem that must have this status."""
    assert reply.status_code == status, reply.text
    found: str = reply.json()["code"]
    return found


@contextmanager
def later(by: timedelta) -> Iterator[None]:
    """Some time from now."""
    at = datetime.now(UTC) + by
    with clock.replaced(lambda: at):
        yield


async def asking(world: World, **journey: Any) -> Asking:
    """Ann (frontline) and Bob (support) in Calls, Cleo (frontline) in Service; two stages."""
    org = await world.organization()
    admin = org.admin
    service = (await admin.made("/v1/departments", {"name": "Service"}))["id"]
    below = {"name": "Calls", "parent_id": service}
    calls = (await admin.made("/v1/departments", below))["id"]
    at = str(await org.journey(template="blank", **journey))
    stages, touchpoints = [], []
    for name in ("Ride", "Pay"):
        stage = await admin.made(f"/v1/journeys/{at}/stages", {"name": name})
        made = await admin.made(f"/v1/stages/{stage['id']}/touchpoints", {"name": f"{name} it"})
        stages.append(stage["id"])
        touchpoints.append(made["id"])
    ann = await org.member(F, name="Ann", department_id=UUID(calls))
    bob = await org.member(S, name="Bob", department_id=UUID(calls))
    cleo = await org.member(F, name="Cleo", department_id=UUID(service))
    boss = await org.member(X, name="Boss")
    return Asking(org, at, stages, touchpoints, service, calls, ann, bob, cleo, boss)
