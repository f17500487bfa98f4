"""One journey with a stage and a touchpoint, and somebody of each group to speak about it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from domain import ledger
from domain.database import hot
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.maps.journeys import Grant, Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.records.ledger import Entry
from domain.roles import Group
from domain.services.steps.links import put_links
from domain.services.steps.subjects import subject
from domain.words import GrantRole
from tests.world import Caller, Org, World, actor_of

_ENTRIES = hot(
    select(Entry.revision, Entry.verb, Entry.actor_kind, Entry.actor_id, Entry.subject_id)
    .where(
        Entry.organization_id == bindparam("organization_id"),
        Entry.stream_id == bindparam("stream_id"),
    )
    .order_by(Entry.revision)
)


@dataclass
class Scene:
    """Where the tests of voices play. The administrator owns the journey."""

    world: World
    org: Org
    journey: UUID
    stage: UUID
    touchpoint: UUID
    people: dict[Group, Caller]

    @property
    def owner(self) -> Caller:
        return self.org.admin

    def __getitem__(self, group: Group) -> Caller:
        return self.people[group]

    async def say(self, who: Caller, **fields: Any) -> dict[str, Any]:
        """An annotation on the touchpoint, or on what `fields` name."""
        body = {"subject_id": str(self.touchpoint), "kind": "issue", "body": "Too long."} | fields
        return await who.made("/v1/annotations", body)

    async def moderator(self) -> Caller:
        """Somebody who moderates the journey."""
        moderator = await self.org.member(Group.SUPPORT_STAFF, name="moderator")
        async with self.world.database.transaction(self.org.id) as tx:
            head = await ledger.lock(tx, actor_of(self.owner, self.org.id), self.journey)
            grant = Grant(
                organization_id=self.org.id,
                journey_id=self.journey,
                role=GrantRole.MODERATOR,
                member_id=moderator.member_id,
                created_by=self.owner.member_id,
            )
            await tx.add(grant)
            actor = actor_of(self.owner, self.org.id)
            await ledger.record(tx, actor, head, Fact(Verb.ACCESS_GRANTED, grant))
        return moderator

    async def put_on_journey(self, persona_id: str) -> None:
        """The persona whose journey it is."""
        async with self.world.database.transaction(self.org.id) as tx:
            actor = actor_of(self.owner, self.org.id)
            head = await ledger.lock(tx, actor, self.journey)
            _, _, journey = await subject(tx, actor, Journey, self.journey)
            await put_links(tx, journey, "persona_ids", [UUID(persona_id)])
            journey.version += 1
            await ledger.record(tx, actor, head, Fact(Verb.JOURNEY_UPDATED, journey))

    async def entries(self) -> list[Any]:
        """The ledger of the journey."""
        async with self.world.database.transaction(self.org.id) as tx:
            return await tx.rows(_ENTRIES, organization_id=self.org.id, stream_id=self.journey)

    async def verbs(self, after: int = 0) -> list[str]:
        """What happened in the journey."""
        return [row["verb"] for row in await self.entries() if row["revision"] > after]

    async def revision(self) -> int:
        """Where the journey stands."""
        return (await self.entries())[-1]["revision"]


async def scene(world: World, **fields: Any) -> Scene:
    """A journey in review by default, seen by everybody."""
    org = await world.organization()
    journey = await org.journey(**fields)
    async with world.database.transaction(org.id) as tx:
        actor = actor_of(org.admin, org.id)
        head = await ledger.lock(tx, actor, journey)
        common = {
            "organization_id": org.id,
            "journey_id": journey,
            "created_by": org.admin.member_id,
        }
        stage = Stage(name="Ride", position="a5", **common)
        touchpoint = Touchpoint(name="Wait", position="a5", stage_id=stage.id, **common)
        touchpoint.channel_ids = []
        await tx.add(stage)
        await tx.add(touchpoint)
        added = Fact(Verb.STAGE_ADDED, stage), Fact(Verb.TOUCHPOINT_ADDED, touchpoint)
        await ledger.record(tx, actor, head, *added)
    people = {group: await org.member(group) for group in Group}
    return Scene(world, org, journey, stage.id, touchpoint.id, people)


def etag(version: int) -> dict[str, str]:
    """The If-Match header of a version."""
    return {"If_Match": f'"{version}"'}


def code(reply: Any, status: int) -> str:
    """The code of a problem that must have this status."""
    assert reply.status_code == status, reply.text
    found: str = reply.json()["code"]
    return found
