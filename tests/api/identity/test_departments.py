"""Departments: a tree that stays one."""

import asyncio
from typing import Any

from domain.roles import Group
from tests.world import Org, World


async def tree(org: Org, *names: str) -> list[dict[str, Any]]:
    """Departments, each below the one before."""
    made: list[dict[str, Any]] = []
    for name in names:
        parent = made[-1]["id"] if made else None
        made.append(await org.admin.made("/v1/departments", {"name": name, "parent_id": parent}))
    return made


async def test_a_department_is_made_read_listed_changed_and_removed(world: World) -> None:
    org = await world.organization()
    head = await org.member(Group.DECISION_MAKER)
    body = {"name": "Care", "head_member_id": str(head.member_id), "external": True}
    made = await org.admin.post("/v1/departments", body)
    care = made.json()
    assert made.headers["location"] == f"/v1/departments/{care['id']}"
    assert care["external"] is True
    assert care["head_member_id"] == str(head.member_id)
    assert await head.read(made.headers["location"]) == care
    path = f"/v1/departments/{care['id']}"
    changed = await org.admin.patch(path, {"head_member_id": None}, If_Match='"1"')
    assert changed.json()["head_member_id"] is None
    assert (await head.read("/v1/departments"))["items"] == [changed.json()]
    assert (await org.admin.delete(path, If_Match='"2"')).status_code == 204
    assert (await org.admin.delete(path, If_Match='"3"')).status_code == 404
    assert (await head.read("/v1/departments"))["items"] == []


async def test_lists_come_in_pages(world: World) -> None:
    org = await world.organization()
    made = await tree(org, "a", "b", "c")
    first = await org.admin.read("/v1/departments?limit=2")
    rest = await org.admin.read(f"/v1/departments?limit=2&cursor={first['next_cursor']}")
    assert [d["id"] for d in first["items"] + rest["items"]] == [d["id"] for d in made]
    assert rest["next_cursor"] is None
    assert (await org.admin.get("/v1/departments?cursor=wrong")).status_code == 400


async def test_a_branch_moves_with_everything_below_it(world: World) -> None:
    org = await world.organization()
    top, mid, low = await tree(org, "top", "mid", "low")
    (other,) = await tree(org, "other")
    await org.member(department_id=low["id"], name="Lena")
    moved = await org.admin.patch(
        f"/v1/departments/{mid['id']}", {"parent_id": other["id"]}, If_Match='"1"'
    )
    assert moved.status_code == 200, moved.text
    inside = {
        d["id"]: await org.admin.read(f"/v1/members?department={d['id']}") for d in (top, other)
    }
    assert inside[top["id"]]["items"] == []
    assert [m["name"] for m in inside[other["id"]]["items"]] == ["Lena"]
    up = await org.admin.patch(f"/v1/departments/{mid['id']}", {"parent_id": None}, If_Match='"2"')
    assert up.json()["parent_id"] is None
    assert (await org.admin.read(f"/v1/members?department={other['id']}"))["items"] == []
    assert len((await org.admin.read(f"/v1/members?department={mid['id']}"))["items"]) == 1


async def test_no_department_is_its_own_ancestor(world: World) -> None:
    org = await world.organization()
    top, mid, low = await tree(org, "top", "mid", "low")
    for parent in (low, mid, top):
        reply = await org.admin.patch(
            f"/v1/departments/{top['id']}", {"parent_id": parent["id"]}, If_Match='"1"'
        )
        assert reply.status_code == 422, reply.text
        assert reply.json()["errors"][0]["pointer"] == "#/parent_id"
        assert reply.json()["code"] == "department_cycle"


async def test_moves_at_the_same_time_make_no_circle(world: World) -> None:
    org = await world.organization()
    made = [(await tree(org, name))[0] for name in "abcdef"]
    moves = [
        org.admin.patient().patch(
            f"/v1/departments/{d['id']}", {"parent_id": made[n - 1]["id"]}, If_Match='"1"'
        )
        for n, d in enumerate(made)
    ]
    statuses = sorted(reply.status_code for reply in await asyncio.gather(*moves))
    assert statuses == [200] * 5 + [422]
    listed = (await org.admin.read("/v1/departments"))["items"]
    assert sum(d["parent_id"] is None for d in listed) == 1


async def test_what_it_names_must_exist(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    (foreign,) = await tree(other, "foreign")
    for field, code, says in (
        ("parent_id", "unknown_department", "There is no such department: "),
        ("head_member_id", "unknown_member", "There is no active member, a person, with this id: "),
    ):
        value = foreign["id"] if field == "parent_id" else str(other.admin.member_id)
        reply = await org.admin.post("/v1/departments", {"name": "x", field: value})
        assert reply.status_code == 422
        assert reply.json()["errors"][0]["pointer"] == f"#/{field}"
        assert reply.json()["errors"][0]["code"] == code
        assert says in reply.json()["detail"]


async def test_two_departments_never_have_one_name(world: World) -> None:
    org = await world.organization()
    await tree(org, "Care")
    reply = await org.admin.post("/v1/departments", {"name": "CARE"})
    assert reply.status_code == 409
    assert reply.json()["code"] == "department_exists"
    assert reply.json()["errors"][0]["pointer"] == "#/name"


async def test_it_stays_while_something_points_at_it(world: World) -> None:
    org = await world.organization()
    top, low = await tree(org, "top", "low")
    await org.member(department_id=low["id"])
    for department, kind in ((top, "departments"), (low, "members")):
        reply = await org.admin.delete(f"/v1/departments/{department['id']}", If_Match='"1"')
        assert reply.status_code == 409
        assert reply.json()["code"] == "department_in_use"
        assert f": {kind}. " in reply.json()["detail"]


async def test_hidden_journeys_are_not_counted_and_a_removed_stage_holds_nothing(
    world: World,
) -> None:
    org = await world.organization()
    (care,) = await tree(org, "Care")
    boss = await org.member(Group.EXECUTIVE)
    path = f"/v1/departments/{care['id']}"
    draft = await boss.made("/v1/journeys", {"title": "Mine", "department_id": care["id"]})
    where = f"/v1/journeys/{draft['id']}"
    stage = await boss.made(f"{where}/stages", {"name": "Ride"})
    wait = {"name": "Wait", "responsible_department_id": care["id"]}
    await boss.made(f"/v1/stages/{stage['id']}/touchpoints", wait)
    held = await org.admin.delete(path, If_Match='"1"')
    assert held.status_code == 409
    assert ": touchpoints, journeys. " in held.json()["detail"]
    assert "owners" in held.json()["detail"]
    moved = await boss.patch(where, {"department_id": None}, If_Match='"1"')
    assert moved.status_code == 200, moved.text
    gone = await boss.delete(f"/v1/stages/{stage['id']}", If_Match='"1"')
    assert gone.status_code == 204
    assert (await org.admin.delete(path, If_Match='"1"')).status_code == 204


async def test_refusals(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    boss = await org.member(Group.EXECUTIVE)
    (care,) = await tree(org, "Care")
    path = f"/v1/departments/{care['id']}"
    assert (await boss.post("/v1/departments", {"name": "x"})).status_code == 403
    assert (await boss.patch(path, {"name": "x"}, If_Match='"1"')).status_code == 403
    assert (await boss.delete(path, If_Match='"1"')).status_code == 403
    assert (await other.admin.get(path)).status_code == 404
    assert (await other.admin.patch(path, {"name": "x"}, If_Match='"1"')).status_code == 404
    assert (await org.admin.patch(path, {"name": "x"})).status_code == 428
    assert (await org.admin.patch(path, {"name": "x"}, If_Match='"9"')).status_code == 412
    assert (await org.admin.delete(path, If_Match='"9"')).status_code == 412
    assert (await org.admin.patch(path, {"name": None}, If_Match='"1"')).status_code == 400
