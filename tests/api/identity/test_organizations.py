"""The organization's own settings."""

from domain.roles import Group
from tests.world import World


async def test_everybody_reads_it_and_administrators_change_it(world: World) -> None:
    org = await world.organization("Rail")
    ann = await org.member()
    read = await ann.get("/v1/organization")
    assert read.json()["name"] == "Rail"
    assert read.json()["names_leaders"] is True
    changed = await org.admin.patch(
        "/v1/organization", {"name": "Rails", "names_leaders": False}, If_Match=read.headers["etag"]
    )
    assert changed.status_code == 200, changed.text
    assert changed.headers["etag"] == '"2"'
    assert (await ann.read("/v1/organization"))["names_leaders"] is False


async def test_refusals(world: World) -> None:
    org = await world.organization()
    boss = await org.member(Group.EXECUTIVE)
    for caller, body, tag, status in (
        (boss, {"name": "Mine"}, '"1"', 403),
        (org.admin, {"name": "Mine"}, None, 428),
        (org.admin, {"name": "Mine"}, '"7"', 412),
        (org.admin, {"name": " "}, '"1"', 400),
        (org.admin, {"id": str(org.id)}, '"1"', 400),
    ):
        headers = {"If_Match": tag} if tag else {}
        reply = await caller.patch("/v1/organization", body, **headers)
        assert reply.status_code == status, reply.text
    assert (await boss.read("/v1/organization"))["version"] == 1


async def test_what_changes_nothing_makes_no_version(world: World) -> None:
    org = await world.organization("Rail")
    same = await org.admin.patch("/v1/organization", {"name": "Rail"}, If_Match='"1"')
    assert same.headers["etag"] == '"1"'
