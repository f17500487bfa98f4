"""Everybody who may knock: one person per group, and one per tie to the things on stage."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from domain.ids import new_id
from domain.roles import Group, Relation
from tests.world import Caller, Org, World

F, S, D, X = Group
_numbers = count(1)

JOURNEY_TIES = {
    "owner": Relation.OWNER,
    "editor": Relation.EDITOR,
    "moderator": Relation.MODERATOR,
}
"""What the journey itself ties somebody with, whatever in it is acted on."""

TIES: dict[str, dict[str, Relation]] = {
    "journey": JOURNEY_TIES,
    "annotation": JOURNEY_TIES | {"author": Relation.AUTHOR, "assignee": Relation.ASSIGNEE},
    "persona": {"author": Relation.CREATOR},
}
"""Who is tied to which kind of object, and how."""

CARRIED = {
    "administrator": Relation.ADMINISTRATOR,
    "creator": Relation.ALLOWED_TO_CREATE,
}


@dataclass
class Cast:
    """An organization with a journey, things in it, and people who stand in every way to them."""

    org: Org
    groups: dict[str, Group] = field(default_factory=dict)
    people: dict[str, Caller] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)

    async def person(self, name: str, group: Group, **place: Any) -> Caller:
        """A member who is known by a name."""
        self.groups[name] = group
        self.people[name] = await self.org.member(group, name=name, **place)
        return self.people[name]

    def __getitem__(self, name: str) -> Caller:
        return self.people[name]

    def path(self, template: str) -> str:
        """A path with the ids of the things on stage filled in."""
        return "/v1" + template.format(**self.things)


async def gathered(world: World) -> Cast:
    """Bring everybody on stage. All who are tied to something are frontline staff otherwise."""
    cast = Cast(await world.organization())
    for group in Group:
        await cast.person(group.value, group)
    for name in ("owner", "editor", "moderator", "participant", "author", "assignee"):
        await cast.person(name, F)
    await cast.person("creator", F, may_create_journeys=True)
    await cast.person("administrator", F, administrator=True)
    journey = await cast.org.journey(owner=cast["owner"], group_voice=True)
    cast.things["journey"] = str(journey)
    for role in ("editor", "moderator", "participant"):
        grant = {"role": role, "member_id": str(cast[role].member_id)}
        made = await cast["owner"].made(f"/v1/journeys/{journey}/grants", grant)
        cast.things["grant"] = made["id"]
    await furnish(cast)
    return cast


async def furnish(cast: Cast) -> None:
    """Put one of each thing on stage."""
    owner, admin, things = cast["owner"], cast["administrator"], cast.things
    made: list[tuple[str, Caller, str, dict[str, Any]]] = [
        ("stage", owner, "/journeys/{journey}/stages", {"name": "Ride"}),
        ("lane", owner, "/journeys/{journey}/lanes", {"question": "Why?", "kind": "custom"}),
        ("touchpoint", owner, "/stages/{stage}/touchpoints", {"name": "Call"}),
        ("emotion", owner, "/touchpoints/{touchpoint}/emotions", FEELING),
        ("moment", owner, "/touchpoints/{touchpoint}/moments", {}),
        ("department", admin, "/departments", {"name": "Service"}),
        ("other_touchpoint", owner, "/stages/{stage}/touchpoints", {"name": "Wait"}),
        ("invitation", admin, "/invitations", invitation()),
    ]
    things["persona"] = await persona_of(cast)
    for name, by, path, body in made:
        things[name] = (await by.made(cast.path(path), body))["id"]
    said = {"subject_id": things["touchpoint"], "kind": "issue", "body": "Too long."}
    annotation = await cast["author"].made("/v1/annotations", said)
    things["annotation"] = annotation["id"]
    assigned = {"member_id": str(cast["assignee"].member_id)}
    path = f"/v1/annotations/{annotation['id']}/assign"
    assert (await owner.post(path, assigned, If_Match='"1"')).status_code == 200
    things["member"] = str((await cast.org.member(F)).member_id)


FEELING = {"label": "anger", "valence": -2, "intensity": 4}


async def persona_of(cast: Cast) -> str:
    """A persona whose creator is frontline staff: made while they were allowed to, not any more."""
    admin, author = cast["administrator"], cast["author"]
    path = f"/v1/members/{author.member_id}"
    for flag in (True, False):
        version = (await admin.read(path))["version"]
        body = {"may_create_journeys": flag}
        reply = await admin.patch(path, body, If_Match=f'"{version}"')
        assert reply.status_code == 200, reply.text
        if flag:
            persona: str = (await author.made("/v1/personas", {"name": "Ada"}))["id"]
    return persona


def invitation() -> dict[str, Any]:
    """An invitation of somebody new."""
    return {"email": f"{new_id()}@example.org", "name": "New", "group": "frontline_staff"}


def unique(name: str) -> str:
    """A name nobody has yet."""
    return f"{name} {next(_numbers)}"


async def fresh_removal(cast: Cast, _: Caller) -> dict[str, str]:
    """Something removed, to be brought back."""
    owner = cast["owner"]
    path = cast.path("/touchpoints/{touchpoint}/emotions")
    emotion = await owner.made(path, FEELING)
    gone = await owner.delete(f"/v1/emotions/{emotion['id']}", If_Match='"1"')
    assert gone.status_code == 204, gone.text
    return {"subject": emotion["id"]}


async def fresh_annotation(cast: Cast, _: Caller) -> dict[str, str]:
    """Something the author has just said, given to the assignee."""
    said = {"subject_id": cast.things["touchpoint"], "kind": "issue", "body": "Too long."}
    annotation = await cast["author"].made("/v1/annotations", said)
    return {"annotation": annotation["id"]}


async def fresh_withdrawal(cast: Cast, _: Caller) -> dict[str, str]:
    """Something the author has said and withdrawn."""
    found = await fresh_annotation(cast, _)
    path = f"/v1/annotations/{found['annotation']}/withdraw"
    assert (await cast["author"].post(path)).status_code == 200
    return found


async def fresh_session(_: Cast, caller: Caller) -> dict[str, str]:
    """The caller's own session."""
    return {"session": str(caller.principal.session_id)}


async def fresh_support(cast: Cast, caller: Caller) -> dict[str, str]:
    """Something the caller supports, to be taken back."""
    path = cast.path("/annotations/{annotation}/support")
    assert (await caller.put(path)).status_code in (200, 201, 204)
    return {}
