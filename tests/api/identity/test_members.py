"""Members: found, filtered, moved, suspended; somebody always administers."""

import asyncio

import pytest

from domain.database import Transaction
from domain.models.identity.accounts import Membership
from domain.roles import Group
from tests.world import Caller, Org, World


async def put(org: Org, member: Caller, version: int, **changes: object) -> int:
    """The status of changing a member as the first administrator."""
    path = f"/v1/members/{member.member_id}"
    return (await org.admin.patch(path, changes, If_Match=f'"{version}"')).status_code


async def test_members_are_found_by_name_and_place(world: World) -> None:
    org = await world.organization()
    care = await org.admin.made("/v1/departments", {"name": "Care"})
    ann = await org.member(name="Ann Other", department_id=care["id"])
    await org.member(Group.EXECUTIVE, name="Bo")
    for query, names in (
        ("q=other", ["Ann Other"]),
        ("group=executive&group=decision_maker", ["Founder", "Bo"]),
        (f"department={care['id']}", ["Ann Other"]),
        ("status=suspended", []),
        ("status=active&q=o", ["Founder", "Ann Other", "Bo"]),
    ):
        listed = await ann.read(f"/v1/members?{query}")
        assert [item["name"] for item in listed["items"]] == names, query
    first = await ann.read("/v1/members?limit=2")
    rest = await ann.read(f"/v1/members?limit=2&cursor={first['next_cursor']}")
    assert [m["name"] for m in rest["items"]] == ["Bo"]
    reply = await ann.get(f"/v1/members?limit=2&q=o&cursor={first['next_cursor']}")
    assert reply.status_code == 400
    assert (await ann.get("/v1/members?group=boss")).status_code == 400


async def test_only_administrators_read_addresses(world: World) -> None:
    org = await world.organization()
    boss = await org.member(Group.EXECUTIVE)
    path = f"/v1/members/{boss.member_id}"
    assert (await org.admin.read(path))["email"] == boss.email
    assert (await boss.read(path))["email"] is None
    told = {m["email"] for m in (await boss.read("/v1/members"))["items"]}
    assert told == {None}
    assert (await org.admin.read(path))["may"] == ["manage_members", "erase_member"]
    assert (await boss.read(path))["may"] == ["erase_member"]
    founder = f"/v1/members/{org.admin.member_id}"
    assert (await boss.read(founder))["may"] == []
    assert (await org.admin.read(founder))["may"] == ["manage_members"]


async def test_an_administrator_moves_a_member(world: World) -> None:
    org = await world.organization()
    care = await org.admin.made("/v1/departments", {"name": "Care"})
    ann = await org.member()
    change = {
        "title": "Agent",
        "group": "support_staff",
        "department_id": care["id"],
        "manager_id": str(org.admin.member_id),
        "may_create_journeys": True,
    }
    path = f"/v1/members/{ann.member_id}"
    reply = await org.admin.patch(path, change, If_Match='"1"')
    assert reply.status_code == 200, reply.text
    assert reply.headers["etag"] == '"2"'
    assert {name: reply.json()[name] for name in change} == change
    assert await put(org, ann, 2, manager_id=None) == 200
    assert (await ann.read(path))["manager_id"] is None


async def test_nobody_manages_themselves(world: World) -> None:
    org = await world.organization()
    ann = await org.member()
    bo = await org.member(manager_id=ann.member_id)
    for manager in (ann, bo):
        reply = await org.admin.patch(
            f"/v1/members/{ann.member_id}",
            {"manager_id": str(manager.member_id)},
            If_Match='"1"',
        )
        assert reply.status_code == 422
        assert reply.json()["code"] == "manager_cycle"
        assert reply.json()["errors"][0]["pointer"] == "#/manager_id"


async def test_what_it_names_must_exist(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    ann = await org.member()
    for field in ("manager_id", "department_id"):
        assert await put(org, ann, 1, **{field: str(other.admin.member_id)}) == 422


async def test_refusals(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    ann, boss = await org.member(), await org.member(Group.EXECUTIVE)
    path = f"/v1/members/{ann.member_id}"
    assert (await boss.patch(path, {"title": "x"}, If_Match='"1"')).status_code == 403
    assert (await ann.patch(path, {"administrator": True}, If_Match='"1"')).status_code == 403
    assert (await other.admin.patch(path, {"title": "x"}, If_Match='"1"')).status_code == 404
    assert (await other.admin.get(path)).status_code == 404
    assert (await org.admin.patch(path, {"title": "x"})).status_code == 428
    assert await put(org, ann, 5, title="x") == 412
    assert await put(org, ann, 1, name="x") == 422
    assert await put(org, ann, 1, status="erased") == 400
    assert (await ann.read(path))["version"] == 1


async def may_sign_in(org: Org, member: Caller) -> bool:
    async with org.world.database.transaction(org.id) as tx:
        membership = await tx.entity(Membership, (member.principal.account_id, org.id))
    assert membership is not None
    return membership.active


async def test_a_suspended_member_can_do_nothing_until_reinstated(world: World) -> None:
    org = await world.organization()
    ann = await org.member()
    assert await put(org, ann, 1, status="suspended", title="Away") == 200
    assert (await ann.get("/v1/organization")).status_code == 401
    assert not await may_sign_in(org, ann)
    path = f"/v1/members/{ann.member_id}"
    assert (await org.admin.read(path))["status"] == "suspended"
    assert await put(org, ann, 3, status="active") == 200
    assert await may_sign_in(org, ann)
    assert (await ann.read(path))["title"] == "Away"
    events = (await org.admin.read("/v1/organization/events?limit=100"))["items"]
    verbs = [e["verb"] for e in events if e["subject_id"] == str(ann.member_id)]
    told = ["joined", "updated", "suspended", "reinstated"]
    assert verbs == [f"member.{verb}" for verb in told]


async def test_the_last_administrator_stays(world: World) -> None:
    org = await world.organization()
    second = await org.member(Group.EXECUTIVE, administrator=True)
    assert await put(org, second, 1, status="suspended") == 200
    path = f"/v1/members/{org.admin.member_id}"
    for field, value in (("administrator", False), ("status", "suspended")):
        reply = await org.admin.patch(path, {field: value}, If_Match='"1"')
        assert reply.status_code == 409, field
        assert reply.json()["code"] == "last_administrator"
        assert reply.json()["errors"][0]["pointer"] == f"#/{field}"
    assert await put(org, second, 2, status="active") == 200
    assert await put(org, org.admin, 1, administrator=False) == 200


async def test_the_last_administrator_stays_under_eight_demotions_at_once(world: World) -> None:
    org = await world.organization()
    others = [await org.member(administrator=True, name=f"Admin {n}") for n in range(7)]
    all_of_them = [org.admin, *others]
    demotions = [
        admin.patient().patch(
            f"/v1/members/{admin.member_id}", {"administrator": False}, If_Match='"1"'
        )
        for admin in all_of_them
    ]
    statuses = sorted(reply.status_code for reply in await asyncio.gather(*demotions))
    assert statuses == [200] * 7 + [409]
    listed = (await org.admin.read("/v1/members?limit=100"))["items"]
    assert sum(member["administrator"] for member in listed) == 1


async def test_a_read_just_before_the_commit_does_not_remember_who_is_being_suspended(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    org = await world.organization()
    ann, pause = await org.member(), Transaction.pause
    seen: list[int] = []

    async def look_and_pause(tx: Transaction) -> None:
        if org.id in tx.revisions and not seen:
            seen.append(0)
            seen.append((await asyncio.create_task(ann.get("/v1/directory"))).status_code)
        await pause(tx)

    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "pause", look_and_pause)
        path = f"/v1/members/{ann.member_id}"
        reply = await org.admin.patch(path, {"status": "suspended"}, If_Match='"1"')
    assert (reply.status_code, seen) == (200, [0, 200])
    assert (await ann.get("/v1/directory")).status_code == 401
