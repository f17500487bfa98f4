"""Cells: one answer per lane and place, written over the version that was read."""

import asyncio
from uuid import uuid4

from tests.api.maps.drawing import Drawing, assert_only_editors, drawing, pointers
from tests.api.maps.events import verbs
from tests.world import World


async def lane_path(drawn: Drawing) -> str:
    return f"/v1/lanes/{(await drawn.lane())['id']}/cells"


async def test_a_cell_is_written_from_version_0_on(world: World) -> None:
    drawn = await drawing(world)
    path = await lane_path(drawn)
    at_stage = {"stage_id": drawn.stages[0]["id"]}
    at_touchpoint = {"touchpoint_id": drawn.touchpoints[0]["id"]}
    first = await drawn.owner.put(path, at_stage | {"body": "Answer sooner."}, If_Match='"0"')
    assert (first.status_code, first.headers["etag"]) == (200, '"1"')
    second = await drawn.owner.put(path, at_touchpoint | {"body": "Listen."}, If_Match='"0"')
    assert second.json()["id"] != first.json()["id"]
    again = await drawn.owner.put(path, at_stage | {"body": ""}, If_Match='"1"')
    assert (again.json()["id"], again.json()["body"]) == (first.json()["id"], "")
    assert again.headers["etag"] == '"2"'
    same = await drawn.owner.put(path, at_stage | {"body": ""}, If_Match='"2"')
    assert same.json()["version"] == 2
    assert (await verbs(drawn.org, drawn.journey))[-3:] == ["cell.written"] * 3
    assert [cell["body"] for cell in (await drawn.map())["cells"]] == ["", "Listen."]


async def test_a_cell_asks_which_version_it_replaces(world: World) -> None:
    drawn = await drawing(world)
    path = await lane_path(drawn)
    body = {"stage_id": drawn.stages[0]["id"], "body": "x"}
    assert (await drawn.owner.put(path, body)).status_code == 428
    stale = await drawn.owner.put(path, body, If_Match='"1"')
    assert (stale.status_code, stale.headers["etag"]) == (412, '"0"')
    await drawn.owner.put(path, body, If_Match='"0"')
    stale = await drawn.owner.put(path, body | {"body": "y"}, If_Match='"0"')
    assert (stale.status_code, stale.headers["etag"]) == (412, '"1"')


async def test_of_many_first_writers_one_wins(world: World) -> None:
    drawn = await drawing(world)
    path = await lane_path(drawn)
    place = {"touchpoint_id": drawn.touchpoints[0]["id"]}
    bodies = [place | {"body": f"Idea {number}"} for number in range(6)]
    replies = await asyncio.gather(
        *(drawn.owner.patient().put(path, body, If_Match='"0"') for body in bodies)
    )
    assert sorted(reply.status_code for reply in replies) == [200] + [412] * 5
    assert len((await drawn.map())["cells"]) == 1


async def test_a_cell_needs_one_place_of_its_own_journey(world: World) -> None:
    drawn, elsewhere = await drawing(world), await drawing(world)
    path = await lane_path(drawn)
    stage, call = drawn.stages[0]["id"], drawn.touchpoints[0]["id"]
    removed = drawn.stages[1]["id"]
    await drawn.owner.delete(f"/v1/stages/{removed}", If_Match='"1"')
    faults = [
        ({}, "#/stage_id"),
        ({"stage_id": stage, "touchpoint_id": call}, "#/stage_id"),
        ({"stage_id": str(uuid4())}, "#/stage_id"),
        ({"stage_id": call}, "#/stage_id"),
        ({"stage_id": removed}, "#/stage_id"),
        ({"stage_id": elsewhere.stages[0]["id"]}, "#/stage_id"),
        ({"touchpoint_id": stage}, "#/touchpoint_id"),
        ({"touchpoint_id": elsewhere.touchpoints[0]["id"]}, "#/touchpoint_id"),
    ]
    for place, pointer in faults:
        refused = await drawn.owner.put(path, place | {"body": "x"}, If_Match='"0"')
        assert (refused.status_code, pointers(refused)) == (422, [pointer])


async def test_only_custom_lanes_have_cells(world: World) -> None:
    drawn = await drawing(world)
    lane = await drawn.lane("What do they do?", kind="customer_actions")
    body = {"stage_id": drawn.stages[0]["id"], "body": "x"}
    refused = await drawn.owner.put(f"/v1/lanes/{lane['id']}/cells", body, If_Match='"0"')
    assert (refused.status_code, refused.json()["code"]) == (422, "lane_not_custom")


async def test_who_may_write_a_cell(world: World) -> None:
    drawn = await drawing(world)
    path = await lane_path(drawn)
    body = {"stage_id": drawn.stages[0]["id"], "body": "x"}
    await assert_only_editors(drawn, "PUT", path, body, If_Match='"0"')
    unknown = await drawn.owner.put(path, body | {"lane_id": str(uuid4())}, If_Match='"0"')
    assert (unknown.status_code, pointers(unknown)) == (400, ["#/lane_id"])
    lane = path.removesuffix("/cells")
    await drawn.owner.delete(lane, If_Match='"1"')
    assert (await drawn.owner.put(path, body, If_Match='"0"')).status_code == 404
