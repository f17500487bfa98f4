"""Lists of responsibilities: live ones without a status, history with it, filters, pages."""

import pytest

from domain.roles import Group
from tests.api.accountability.answering import Moment, act, moment_of
from tests.world import World

F, X = Group.FRONTLINE_STAFF, Group.EXECUTIVE


@pytest.fixture
async def moment(world: World) -> Moment:
    return await moment_of(world)


async def test_each_filter_narrows(moment: Moment) -> None:
    department = await moment.department(moment.boss)
    path = f"/v1/moments/{moment.id}/responsibilities"
    body = {"role": "responsible", "department_id": department}
    team = (await moment.owner.made(path, body))["id"]
    ann = (await moment.accepted(moment.ann))["id"]
    declined = await moment.assigned(moment.manager, "consulted")
    assert (await act(moment.manager, declined, "decline", reason="No.")).status_code == 200
    found = {
        "": [ann, team],
        f"&member={moment.ann.member_id}": [ann],
        f"&department={department}": [team],
        f"&journey={moment.place.journey}": [ann, team],
        "&role=responsible": [team],
        "&role=responsible&role=accountable": [ann, team],
        "&status=accepted": [ann],
        "&status=declined&status=ended": [declined["id"]],
        "&orphaned=true": [],
        "&orphaned=false": [ann, team],
    }
    for query, expected in found.items():
        assert [one["id"] for one in await moment.listed(query)] == expected, query
    assert await moment.listed(by=(await moment.org.world.organization()).admin) == []


async def test_pages_follow_each_other(moment: Moment) -> None:
    roles = ("accountable", "responsible", "consulted", "informed")
    given = [(await moment.assigned(moment.ann, role))["id"] for role in roles]
    path = f"/v1/responsibilities?moment={moment.id}&limit=3"
    first = await moment.owner.read(path)
    second = await moment.owner.read(f"{path}&cursor={first['next_cursor']}")
    assert [one["id"] for one in first["items"] + second["items"]] == given[::-1]
    assert second["next_cursor"] is None
    other = await moment.owner.get(f"{path}&role=informed&cursor={first['next_cursor']}")
    assert (other.status_code, other.json()["code"]) == (400, "invalid_cursor")


@pytest.mark.parametrize("query", ["role=A", "status=gone", "orphaned=maybe", "raci=I"])
async def test_an_unknown_filter_is_refused_by_name(moment: Moment, query: str) -> None:
    reply = await moment.owner.get(f"/v1/responsibilities?{query}")
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["parameter"] == query.split("=")[0]


async def test_one_is_not_read_again_for_nothing(moment: Moment) -> None:
    given = await moment.assigned(moment.ann)
    path = f"/v1/responsibilities/{given['id']}"
    etag = (await moment.ann.get(path)).headers["etag"]
    assert (await moment.ann.get(path, If_None_Match=etag)).status_code == 304
    await moment.set_status(moment.ann, "suspended")
    seen = (await moment.owner.get(path)).headers["etag"]
    assert seen.startswith('"1-')
    await moment.set_status(moment.ann, "active")
    assert (await moment.owner.get(path, If_None_Match=seen)).status_code == 200
