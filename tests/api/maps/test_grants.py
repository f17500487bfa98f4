"""Rights on a journey: granting, listing, revoking; handing the journey over."""

from typing import Any
from uuid import uuid4

from domain.roles import Group
from tests.api.maps.events import verbs
from tests.world import Caller, Org, World


async def granted(by: Caller, journey: Any, role: str, **grantee: Any) -> dict[str, Any]:
    return await by.made(f"/v1/journeys/{journey}/grants", {"role": role} | grantee)


async def suspended(org: Org, member: Caller) -> None:
    path = f"/v1/members/{member.member_id}"
    reply = await org.admin.patch(path, {"status": "suspended"}, If_Match='"1"')
    assert reply.status_code == 200, reply.text


async def test_the_owner_and_executives_grant(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    ann = await org.member(Group.FRONTLINE_STAFF)
    boss = await org.member(Group.EXECUTIVE)
    made = await granted(org.admin, journey, "editor", member_id=str(ann.member_id))
    assert (made["role"], made["member_id"], made["group"]) == ("editor", str(ann.member_id), None)
    await granted(boss, journey, "moderator", group="support_staff")
    path = f"/v1/journeys/{journey}/grants"
    for member in (ann, await org.member(Group.DECISION_MAKER)):
        refused = await member.post(path, {"role": "editor", "group": "executive"})
        assert refused.status_code == 403
        assert refused.json()["detail"].startswith("Only executives or the owner may grant")
    listed = await ann.read(path)
    assert [item["role"] for item in listed["items"]] == ["editor", "moderator"]
    assert (await ann.read(f"/v1/journeys/{journey}"))["grant_count"] == 2
    assert (await verbs(org, journey))[-2:] == ["grant.created", "grant.created"]


async def test_an_editor_edits_until_the_grant_is_revoked(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    ann = await org.member(Group.FRONTLINE_STAFF)
    stages = f"/v1/journeys/{journey}/stages"
    assert (await ann.post(stages, {"name": "A"})).status_code == 403
    grant = await granted(org.admin, journey, "editor", member_id=str(ann.member_id))
    assert "edit_journey" in (await ann.read(f"/v1/journeys/{journey}"))["may"]
    assert (await ann.post(stages, {"name": "A"})).status_code == 201
    path = f"/v1/grants/{grant['id']}"
    assert (await ann.delete(path, If_Match='"1"')).status_code == 403
    assert (await org.admin.delete(path)).status_code == 428
    assert (await org.admin.delete(path, If_Match='"7"')).status_code == 412
    assert (await org.admin.delete(path, If_Match='"1"')).status_code == 204
    assert (await org.admin.delete(path, If_Match='"2"')).status_code == 404
    assert (await ann.post(stages, {"name": "B"})).status_code == 403
    assert (await org.admin.read(f"/v1/journeys/{journey}/grants"))["items"] == []
    assert (await verbs(org, journey))[-1] == "grant.revoked"
    await granted(org.admin, journey, "editor", member_id=str(ann.member_id))


async def test_a_grant_names_exactly_one_that_is_there(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    path = f"/v1/journeys/{await org.journey()}/grants"
    gone = await org.member(Group.FRONTLINE_STAFF)
    await suspended(org, gone)
    me = str(org.admin.member_id)
    for grantee, status, pointer in [
        ({}, 422, "#"),
        ({"member_id": me, "group": "executive"}, 422, "#"),
        ({"member_id": str(other.admin.member_id)}, 422, "#/member_id"),
        ({"member_id": str(gone.member_id)}, 422, "#/member_id"),
        ({"department_id": str(uuid4())}, 422, "#/department_id"),
        ({"group": "everybody"}, 400, "#/group"),
        ({"member_id": me, "role": "owner"}, 400, "#/role"),
    ]:
        reply = await org.admin.post(path, {"role": "editor"} | grantee)
        problem = reply.json()
        assert (reply.status_code, problem["errors"][0]["pointer"]) == (status, pointer), grantee
    grant = {"role": "editor", "group": "executive"}
    await org.admin.made(path, grant)
    again = await org.admin.post(path, grant)
    assert (again.status_code, again.json()["code"]) == (409, "already_granted")


async def test_another_organization_has_no_such_grant(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    journey = await org.journey()
    grant = await granted(org.admin, journey, "editor", group="executive")
    assert (await other.admin.get(f"/v1/journeys/{journey}/grants")).status_code == 404
    path = f"/v1/grants/{grant['id']}"
    assert (await other.admin.delete(path, If_Match='"1"')).status_code == 404
    body = {"role": "editor", "group": "executive"}
    assert (await other.admin.post(f"/v1/journeys/{journey}/grants", body)).status_code == 404


async def test_a_journey_is_handed_over_and_the_old_owner_edits(world: World) -> None:
    org = await world.organization()
    journey = await org.journey(status="draft")
    path = f"/v1/journeys/{journey}/transfer"
    ann = await org.member(Group.FRONTLINE_STAFF)
    to_ann = {"member_id": str(ann.member_id)}
    assert (await ann.post(path, to_ann, If_Match='"1"')).status_code == 404
    assert (await org.admin.post(path, to_ann)).status_code == 428
    assert (await org.admin.post(path, to_ann, If_Match='"9"')).status_code == 412
    moved = await org.admin.post(path, to_ann, If_Match='"1"')
    assert (moved.status_code, moved.json()["version"]) == (200, 2)
    assert moved.json()["owner_id"] == str(ann.member_id)
    mine = await org.admin.read(f"/v1/journeys/{journey}")
    assert "edit_journey" in mine["may"]
    assert "transfer_journey" not in mine["may"]
    assert (await org.admin.post(path, to_ann, If_Match='"2"')).status_code == 403
    again = await ann.post(path, to_ann, If_Match='"2"')
    assert (again.status_code, again.json()["code"]) == (409, "already_owner")
    back = {"member_id": str(org.admin.member_id)}
    assert (await ann.post(path, back, If_Match='"2"')).status_code == 200
    assert (await org.admin.post(path, to_ann, If_Match='"3"')).status_code == 200
    told = [verb for verb in await verbs(org, journey) if not verb.startswith(("stage", "lane"))]
    assert told[1:] == [
        *("journey.transferred", "grant.created"),
        *("journey.transferred", "grant.created"),
        "journey.transferred",
    ]


async def test_the_new_owner_must_be_there(world: World) -> None:
    org = await world.organization()
    path = f"/v1/journeys/{await org.journey()}/transfer"
    gone = await org.member(Group.FRONTLINE_STAFF)
    await suspended(org, gone)
    for member in (str(gone.member_id), str(uuid4())):
        reply = await org.admin.post(path, {"member_id": member}, If_Match='"1"')
        problem = reply.json()
        assert (reply.status_code, problem["errors"][0]["pointer"]) == (422, "#/member_id")


async def test_executives_hand_over_what_a_suspended_owner_left(world: World) -> None:
    org = await world.organization()
    owner = await org.member(Group.DECISION_MAKER)
    boss = await org.member(Group.EXECUTIVE)
    draft = await org.journey(owner, status="draft", title="Draft")
    restricted = await org.journey(owner, restricted=True, title="Restricted")
    archived = {"status": "archived", "status_before": "draft", "title": "Archived"}
    stored = await org.journey(owner, **archived)
    await org.journey(owner, title="Open to all")
    path = f"/v1/journeys/{draft}/transfer"
    to_boss = {"member_id": str(boss.member_id)}
    assert (await boss.post(path, to_boss, If_Match='"1"')).status_code == 404
    assert (await boss.read("/v1/journeys/orphaned"))["items"] == []
    await suspended(org, owner)
    listed = (await boss.read("/v1/journeys/orphaned"))["items"]
    assert [item["id"] for item in listed] == [str(draft), str(restricted), str(stored)]
    assert set(listed[0]) == {"id", "version", "title", "owner_id"}
    assert (await boss.get(f"/v1/journeys/{draft}")).status_code == 404
    for member in (org.admin, await org.member(Group.FRONTLINE_STAFF)):
        assert (await member.get("/v1/journeys/orphaned")).status_code == 403
        assert (await member.post(path, to_boss, If_Match='"1"')).status_code == 404
    handed = await boss.post(path, to_boss, If_Match='"1"')
    assert (handed.status_code, handed.json()["owner_id"]) == (200, str(boss.member_id))
    assert (await boss.get(f"/v1/journeys/{draft}")).status_code == 200
    other = await world.organization()
    outsider = await other.member(Group.EXECUTIVE)
    assert (await outsider.read("/v1/journeys/orphaned"))["items"] == []


async def test_a_journey_known_before_a_grant_is_told_anew(world: World) -> None:
    org = await world.organization()
    path = f"/v1/journeys/{await org.journey()}"
    known = (await org.admin.get(path)).headers["etag"]
    assert (await org.admin.get(path, If_None_Match=known)).status_code == 304
    grant = {"role": "editor", "group": "support_staff"}
    await org.admin.made(f"{path}/grants", grant)
    told = await org.admin.get(path, If_None_Match=known)
    assert (told.status_code, told.json()["version"]) == (200, 1)
    assert told.headers["etag"] != known
    renamed = await org.admin.patch(path, {"title": "I ask"}, If_Match=told.headers["etag"])
    assert renamed.status_code == 200
