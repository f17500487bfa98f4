"""Asking things of people, and reading what is asked of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain import clock
from domain.facts import Verb
from domain.models.identity.organizations import Organization
from tests.world import Caller, Org, World, changed

Thing = dict[str, Any]


@dataclass
class Office:
    """An organization with a journey, a touchpoint on it, and a confirmed moment there."""

    org: Org
    journey: str
    stage: str
    touchpoint: str
    moment: str

    @property
    def owner(self) -> Caller:
        return self.org.admin

    async def assign(self, role: str = "accountable", **whom: Any) -> Thing:
        """Ask somebody to answer for the moment; `by` asks, the owner by default."""
        by = whom.pop("by", self.owner)
        body = {"role": role} | {key: str(value) for key, value in whom.items()}
        return await by.made(f"/v1/moments/{self.moment}/responsibilities", body)

    async def give_thread(self, to: Caller, due_on: str | None = None, **said: Any) -> Thing:
        """A thread about the touchpoint, given to somebody by the owner."""
        by = said.pop("by", self.owner)
        body = {"subject_id": self.touchpoint, "kind": "issue", "body": "Too long."} | said
        thread = await by.made("/v1/annotations", body)
        given = {"member_id": str(to.member_id), "due_on": due_on}
        path = f"/v1/annotations/{thread['id']}/assign"
        reply = await self.owner.post(path, given, If_Match='"1"')
        assert reply.status_code == 200, reply.text
        return reply.json()


async def office(world: World, **fields: Any) -> Office:
    """An office whose journey everybody sees."""
    org = await world.organization()
    return await office_in(org, **fields)


async def office_in(org: Org, **fields: Any) -> Office:
    """One more journey with a moment in an organization."""
    journey = await org.journey(template="blank", **fields)
    stage = await org.admin.made(f"/v1/journeys/{journey}/stages", {"name": "Ride"})
    path = f"/v1/stages/{stage['id']}/touchpoints"
    touchpoint = await org.admin.made(path, {"name": "Call"})
    moment = await org.admin.made(f"/v1/touchpoints/{touchpoint['id']}/moments", {})
    confirm = f"/v1/moments/{moment['id']}/confirm"
    assert (await org.admin.post(confirm, If_Match='"1"')).status_code == 200
    return Office(org, str(journey), stage["id"], touchpoint["id"], moment["id"])


async def work_of(caller: Caller, query: str = "") -> list[Thing]:
    """What is asked of somebody."""
    items: list[Thing] = (await caller.read(f"/v1/me/work{query}"))["items"]
    return items


async def kinds_of(caller: Caller) -> list[str]:
    """The kinds of what is asked of somebody, most urgent first."""
    return [item["kind"] for item in await work_of(caller)]


@asynccontextmanager
async def at_time(org: Org, caller: Caller, when: datetime) -> AsyncIterator[Caller]:
    """The same person, signed in at another time."""
    with clock.replaced(lambda: when):
        yield replace(caller, token=org.world.tokens.issue(caller.principal))


async def set_zone(org: Org, zone: str) -> None:
    """Let an organization live in another time zone."""
    async with org.world.database.transaction(org.id) as tx:
        found = await tx.entity(Organization, org.id)
        assert found is not None
        await changed(tx, found, Verb.ORGANIZATION_UPDATED, timezone=zone)
