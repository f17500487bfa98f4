"""Personas: who may, what they hold, what the ledger keeps of them."""

from typing import Any

from domain.roles import Group
from tests.api.maps.events import verbs
from tests.world import Caller, World

TRAITS = {
    "name": "Ada, moving house",
    "summary": "Has to take her telephone along.",
    "quote": "I only want it to work.",
    "segment": "private",
    "age": "30 to 40",
    "gender": "female",
    "education": "university",
    "profession": "nurse",
    "income": "middle",
    "family_status": "two children",
    "prior_knowledge": "Has moved twice.",
    "goals": ["A line on the first day"],
    "motivations": ["Works from home"],
    "problems": ["Two addresses"],
    "resources_used": ["Neighbors"],
    "narrowing_steps": ["Asks a friend"],
    "preferences": ["Chat"],
    "behaviors": ["Calls at night"],
    "evidence": ["Twelve interviews"],
    "evidence_grade": "partial",
}


async def created(caller: Caller, **traits: Any) -> dict[str, Any]:
    return await caller.made("/v1/personas", TRAITS | traits)


async def test_a_persona_is_read_back_with_every_trait(world: World) -> None:
    org = await world.organization()
    made = await created(org.admin)
    assert {name: made[name] for name in TRAITS} == TRAITS
    reader = await org.member(Group.FRONTLINE_STAFF)
    assert await reader.read(f"/v1/personas/{made['id']}") == made | {"may": []}
    assert made["may"] == ["edit_persona"]


async def test_leaders_and_those_allowed_create(world: World) -> None:
    org = await world.organization()
    for group in (Group.DECISION_MAKER, Group.EXECUTIVE):
        await created(await org.member(group))
    await created(await org.member(Group.FRONTLINE_STAFF, may_create_journeys=True))
    for group in (Group.FRONTLINE_STAFF, Group.SUPPORT_STAFF):
        refused = await (await org.member(group)).post("/v1/personas", TRAITS)
        assert refused.status_code == 403
        assert "decision-makers" in refused.json()["detail"]


async def test_leaders_and_the_creator_change_it(world: World) -> None:
    org = await world.organization()
    creator = await org.member(Group.SUPPORT_STAFF, may_create_journeys=True)
    persona = await created(creator)
    path = f"/v1/personas/{persona['id']}"
    changed = await creator.patch(path, {"goals": []}, If_Match='"1"')
    assert changed.status_code == 200
    assert changed.json()["goals"] == []
    assert changed.json()["version"] == 2
    other = await org.member(Group.SUPPORT_STAFF, may_create_journeys=True)
    assert (await other.patch(path, {"age": "40"}, If_Match='"2"')).status_code == 403
    leader = await org.member(Group.EXECUTIVE)
    assert (await leader.patch(path, {"age": "40"}, If_Match='"2"')).status_code == 200


async def test_changes_need_the_version_they_are_based_on(world: World) -> None:
    org = await world.organization()
    path = f"/v1/personas/{(await created(org.admin))['id']}"
    assert (await org.admin.patch(path, {"age": "40"})).status_code == 428
    await org.admin.patch(path, {"age": "40"}, If_Match='"1"')
    stale = await org.admin.patch(path, {"age": "50"}, If_Match='"1"')
    assert (stale.status_code, stale.headers["etag"]) == (412, '"2"')
    assert (await org.admin.delete(path)).status_code == 428
    assert (await org.admin.delete(path, If_Match='"1"')).status_code == 412


async def test_a_removed_persona_leaves_the_list_and_stays_readable(world: World) -> None:
    org = await world.organization()
    kept, gone = await created(org.admin), await created(org.admin)
    path = f"/v1/personas/{gone['id']}"
    journey = await org.admin.made(
        "/v1/journeys", {"title": "Moving", "template": "blank", "persona_ids": [gone["id"]]}
    )
    assert (await org.admin.delete(path, If_Match='"1"')).status_code == 204
    assert (await org.admin.delete(path, If_Match='"2"')).status_code == 404
    assert (await org.admin.patch(path, {"age": "9"}, If_Match='"2"')).status_code == 404
    listed = await org.admin.read("/v1/personas")
    assert [item["id"] for item in listed["items"]] == [kept["id"]]
    assert (await org.admin.read(path))["removed_at"] is not None
    assert (await org.admin.read(f"/v1/journeys/{journey['id']}"))["persona_ids"] == [gone["id"]]


async def test_journeys_are_counted_as_far_as_one_sees_them(world: World) -> None:
    org = await world.organization()
    persona = await created(org.admin)
    await org.admin.made(
        "/v1/journeys", {"title": "Draft", "template": "blank", "persona_ids": [persona["id"]]}
    )
    path = f"/v1/personas/{persona['id']}"
    assert (await org.admin.read(path))["journey_count"] == 1
    outsider = await org.member(Group.EXECUTIVE)
    assert (await outsider.read(path))["journey_count"] == 0


async def test_pages_follow_each_other_newest_first(world: World) -> None:
    org = await world.organization()
    made = [(await created(org.admin, name=f"P{n}"))["name"] for n in range(3)]
    first = await org.admin.read("/v1/personas?limit=2")
    rest = await org.admin.read(f"/v1/personas?limit=2&cursor={first['next_cursor']}")
    assert [item["name"] for item in first["items"] + rest["items"]] == made[::-1]
    assert rest["next_cursor"] is None
    foreign = await org.admin.get(f"/v1/channels?cursor={first['next_cursor']}")
    assert foreign.status_code == 400
    assert foreign.json()["errors"][0]["parameter"] == "cursor"


async def test_bad_traits_are_pointed_at(world: World) -> None:
    org = await world.organization()
    for fault, pointer in [
        ({"name": " "}, "#/name"),
        ({"goals": [""]}, "#/goals/0"),
        ({"evidence_grade": "certain"}, "#/evidence_grade"),
        ({"created_by": "me"}, "#/created_by"),
    ]:
        reply = await org.admin.post("/v1/personas", TRAITS | fault)
        assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (400, pointer)


async def test_another_organization_has_no_such_persona(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    path = f"/v1/personas/{(await created(org.admin))['id']}"
    assert (await other.admin.get(path)).status_code == 404
    assert (await other.admin.patch(path, {"age": "1"}, If_Match='"1"')).status_code == 404
    assert (await other.admin.delete(path, If_Match='"1"')).status_code == 404


async def test_the_organization_remembers_every_change(world: World) -> None:
    org = await world.organization()
    path = f"/v1/personas/{(await created(org.admin))['id']}"
    await org.admin.patch(path, {"age": "40"}, If_Match='"1"')
    await org.admin.patch(path, {"age": "40"}, If_Match='"2"')  # says nothing new
    await org.admin.delete(path, If_Match='"2"')
    told = [verb for verb in await verbs(org, org.id) if verb.startswith("persona")]
    assert told == ["persona.created", "persona.updated", "persona.removed"]
