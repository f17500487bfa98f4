"""Channels: a list that administrators extend."""

from domain.roles import Group
from tests.api.maps.events import verbs
from tests.world import World


async def test_a_new_organization_has_the_usual_channels(world: World) -> None:
    org = await world.organization()
    reader = await org.member(Group.SUPPORT_STAFF)
    keys = [item["key"] for item in (await reader.read("/v1/channels"))["items"]]
    assert keys[:3] == ["website", "app", "email"]
    assert len(keys) == 12


async def test_administrators_extend_the_list(world: World) -> None:
    org = await world.organization()
    made = await org.admin.made("/v1/channels", {"key": "video_call", "name": "Video call"})
    listed = await org.admin.read("/v1/channels")
    assert listed["items"][-1] == made
    assert (await verbs(org, org.id)).count("channel.created") == 13


async def test_nobody_else_does_whatever_their_group(world: World) -> None:
    org = await world.organization()
    for group in Group:
        member = await org.member(group)
        refused = await member.post("/v1/channels", {"key": "fax", "name": "Fax"})
        assert refused.status_code == 403
        assert "an administrator" in refused.json()["detail"]


async def test_a_key_is_taken_once(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    again = await org.admin.post("/v1/channels", {"key": "phone", "name": "Telephone"})
    assert (again.status_code, again.json()["code"]) == (409, "channel_exists")
    assert again.json()["errors"][0]["pointer"] == "#/key"
    await org.admin.made("/v1/channels", {"key": "fax", "name": "Fax"})
    await other.admin.made("/v1/channels", {"key": "fax", "name": "Fax"})


async def test_keys_are_plain(world: World) -> None:
    org = await world.organization()
    for key in ("Fax", "fa x", "9fax", "", "fax\n", "x" * 51):
        reply = await org.admin.post("/v1/channels", {"key": key, "name": "Fax"})
        assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (400, "#/key")


async def test_pages_follow_each_other(world: World) -> None:
    org = await world.organization()
    first = await org.admin.read("/v1/channels?limit=10")
    rest = await org.admin.read(f"/v1/channels?limit=10&cursor={first['next_cursor']}")
    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (10, 2, None)
