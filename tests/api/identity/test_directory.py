"""The directory: every name at once, at one revision of the organization."""

from domain.roles import Group
from tests.world import World


async def test_it_names_members_and_departments(world: World) -> None:
    org = await world.organization()
    care = await org.admin.made("/v1/departments", {"name": 'Care "& more" ü'})
    ann = await org.member(name="Ann", department_id=care["id"])
    reply = await ann.get("/v1/directory")
    told = reply.json()
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["etag"] == f'"{told["revision"]}"'
    assert told["members"][1] == {
        "id": str(ann.member_id),
        "kind": "person",
        "name": "Ann",
        "title": "",
        "group": "frontline_staff",
        "department_id": care["id"],
        "status": "active",
    }
    assert told["departments"] == [
        {
            "id": care["id"],
            "name": 'Care "& more" ü',
            "parent_id": None,
            "head_member_id": None,
            "external": False,
            "removed": False,
        }
    ]
    known = await ann.get("/v1/directory", If_None_Match=reply.headers["etag"])
    assert known.status_code == 304
    assert known.content == b""


async def test_it_follows_every_change(world: World) -> None:
    org = await world.organization()
    before = await org.admin.get("/v1/directory")
    care = await org.admin.made("/v1/departments", {"name": "Care"})
    after = await org.admin.get("/v1/directory", If_None_Match=before.headers["etag"])
    assert after.status_code == 200
    assert [d["name"] for d in after.json()["departments"]] == ["Care"]
    await org.admin.delete(f"/v1/departments/{care['id']}", If_Match='"1"')
    assert (await org.admin.read("/v1/directory"))["departments"][0]["removed"] is True


async def test_it_holds_nothing_of_another_organization(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    await org.member(Group.EXECUTIVE, name="Ann")
    assert len((await org.admin.read("/v1/directory"))["members"]) == 2
    assert len((await other.admin.read("/v1/directory"))["members"]) == 1
