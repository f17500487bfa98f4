"""Touchpoints: every field, moves within and between stages, what they may point at, who may."""

from uuid import uuid4

import pytest

from tests.api.maps.drawing import assert_asks_version, assert_only_editors, drawing, pointers
from tests.api.maps.events import verbs
from tests.world import World

TOLD = {
    "name": "Call the line",
    "description": "Waiting in the queue",
    "purchase_phase": "after",
    "contact_context": "repeat",
    "optional": True,
    "customer_actions": "Dials",
    "business_actions": "Picks up",
    "interaction": "A menu, then a person",
    "thoughts": "How long?",
    "perspective": "They do not know me",
    "quote": "I have told you twice.",
    "expectation": "An answer",
    "reality": "A promise",
    "first_expectation": "A quick look",
    "repeat_expectation": "No need to repeat oneself",
    "process": "Ticketing",
    "monthly_volume": 1200,
    "evidence_grade": "partial",
    "evidence": ["Call records of May"],
}

BESIDE = (
    "emotions",
    "threads",
    "proposals_open",
    "findings",
    "opportunities_open",
    "actions",
    "ratings",
    "moment",
    "cells",
)


async def test_a_touchpoint_tells_both_sides(world: World) -> None:
    drawn = await drawing(world)
    channels = (await drawn.owner.read("/v1/channels"))["items"][:2]
    ids = sorted(channel["id"] for channel in channels)
    made = await drawn.touchpoint(**TOLD, channel_ids=[ids[1], ids[0], ids[1]])
    assert {name: made[name] for name in TOLD} == TOLD
    assert made["channel_ids"] == ids
    path = f"/v1/touchpoints/{made['id']}"
    assert await drawn.owner.read(path) == made | dict.fromkeys(BESIDE)
    cleared = await drawn.owner.patch(
        path, {"monthly_volume": None, "channel_ids": []}, If_Match='"1"'
    )
    assert cleared.status_code == 200
    assert cleared.json() | {"updated_at": ""} == made | {
        "version": 2, "monthly_volume": None, "channel_ids": [], "updated_at": "",
    }  # fmt: skip
    assert cleared.headers["etag"] == '"2"'
    again = await drawn.owner.patch(path, {"channel_ids": []}, If_Match='"2"')
    assert again.json()["version"] == 2
    told = await verbs(drawn.org, drawn.journey)
    assert told[-2:] == ["touchpoint.added", "touchpoint.updated"]


async def test_channels_alone_are_a_change(world: World) -> None:
    drawn = await drawing(world)
    channel = (await drawn.owner.read("/v1/channels"))["items"][0]["id"]
    path = f"/v1/touchpoints/{drawn.touchpoints[0]['id']}"
    changed = await drawn.owner.patch(path, {"channel_ids": [channel]}, If_Match='"1"')
    assert (changed.json()["version"], changed.json()["channel_ids"]) == (2, [channel])
    assert (await drawn.owner.read(path))["channel_ids"] == [channel]


async def test_what_a_touchpoint_points_at_must_exist(world: World) -> None:
    drawn = await drawing(world)
    foreign = (await (await world.organization()).admin.read("/v1/channels"))["items"][0]["id"]
    own = (await drawn.owner.read("/v1/channels"))["items"][0]["id"]
    body = {
        "name": "x",
        "channel_ids": [own, foreign, str(uuid4())],
        "responsible_department_id": str(uuid4()),
    }
    places = ["#/channel_ids/1", "#/channel_ids/2", "#/responsible_department_id"]
    path = f"/v1/stages/{drawn.stages[0]['id']}/touchpoints"
    refused = await drawn.owner.post(path, body)
    assert (refused.status_code, pointers(refused)) == (422, places)
    path = f"/v1/touchpoints/{drawn.touchpoints[0]['id']}"
    refused = await drawn.owner.patch(path, body, If_Match='"1"')
    assert (refused.status_code, pointers(refused)) == (422, places)
    assert (await drawn.owner.read(path))["version"] == 1


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"name": ""}, "#/name"),
        ({"name": "x", "purchase_phase": "never"}, "#/purchase_phase"),
        ({"name": "x", "monthly_volume": -1}, "#/monthly_volume"),
        ({"name": "x", "monthly_volume": 2_000_000_001}, "#/monthly_volume"),
        ({"name": "x", "optional": "yes"}, "#/optional"),
        ({"name": "x", "evidence": [""]}, "#/evidence/0"),
        ({"name": "x", "position": "a0"}, "#/position"),
        ({"name": "x", "journey_id": str(uuid4())}, "#/journey_id"),
        ({}, "#/name"),
    ],
)
async def test_what_cannot_be_understood(world: World, body: dict[str, object], place: str) -> None:
    drawn = await drawing(world)
    path = f"/v1/stages/{drawn.stages[0]['id']}/touchpoints"
    refused = await drawn.owner.post(path, body)
    assert (refused.status_code, pointers(refused)) == (400, [place])


async def test_who_may_change_touchpoints(world: World) -> None:
    drawn = await drawing(world)
    path = f"/v1/touchpoints/{drawn.touchpoints[0]['id']}"
    stage = f"/v1/stages/{drawn.stages[0]['id']}/touchpoints"
    await assert_only_editors(drawn, "POST", stage, {"name": "x"})
    await assert_only_editors(drawn, "PATCH", path, {"name": "x"}, If_Match='"1"')
    await assert_only_editors(drawn, "POST", f"{path}/move", {"after": None}, If_Match='"1"')
    await assert_only_editors(drawn, "DELETE", path, If_Match='"1"')


async def test_changes_name_their_version(world: World) -> None:
    drawn = await drawing(world)
    path = f"/v1/touchpoints/{drawn.touchpoints[0]['id']}"
    await assert_asks_version(drawn, "PATCH", path, {"name": "x"})
    await assert_asks_version(drawn, "POST", f"{path}/move", {"after": None})
    await assert_asks_version(drawn, "DELETE", path)


async def test_a_touchpoint_moves_within_its_stage_and_to_another(world: World) -> None:
    drawn = await drawing(world)
    call, visit = (touchpoint["id"] for touchpoint in drawn.touchpoints)
    move = f"/v1/touchpoints/{call}/move"
    moved = await drawn.owner.post(move, {"after": visit}, If_Match='"1"')
    assert (moved.status_code, moved.headers["etag"]) == (200, '"2"')
    assert [t["id"] for t in (await drawn.map())["touchpoints"]] == [visit, call]
    other = drawn.stages[1]["id"]
    moved = await drawn.owner.post(move, {"after": None, "stage_id": other}, If_Match='"2"')
    assert (moved.json()["stage_id"], moved.json()["version"]) == (other, 3)
    still = await drawn.owner.post(move, {"after": None, "stage_id": other}, If_Match='"3"')
    assert still.json()["version"] == 3
    assert (await verbs(drawn.org, drawn.journey))[-2:] == ["touchpoint.moved"] * 2


async def test_moves_that_lead_nowhere(world: World) -> None:
    drawn = await drawing(world)
    elsewhere = await drawing(world)
    call = drawn.touchpoints[0]["id"]
    other = await drawn.touchpoint("Elsewhere", stage=1)
    second = await drawn.owner.made(
        f"/v1/journeys/{await drawn.org.journey(template='blank')}/stages", {"name": "Not here"}
    )
    faults = [
        ({"after": call}, "#/after"),
        ({"after": other["id"]}, "#/after"),
        ({"after": str(uuid4())}, "#/after"),
        ({"after": None, "stage_id": str(uuid4())}, "#/stage_id"),
        ({"after": None, "stage_id": second["id"]}, "#/stage_id"),
        ({"after": None, "stage_id": elsewhere.stages[0]["id"]}, "#/stage_id"),
        ({"after": None, "stage_id": call}, "#/stage_id"),
    ]
    for body, place in faults:
        refused = await drawn.owner.post(f"/v1/touchpoints/{call}/move", body, If_Match='"1"')
        assert (refused.status_code, pointers(refused)) == (422, [place])
    assert (await drawn.owner.read(f"/v1/touchpoints/{call}"))["version"] == 1


async def test_a_touchpoint_goes_with_its_stage(world: World) -> None:
    drawn = await drawing(world)
    path = f"/v1/touchpoints/{drawn.touchpoints[0]['id']}"
    stage = f"/v1/stages/{drawn.stages[0]['id']}"
    assert (await drawn.owner.delete(stage, If_Match='"1"')).status_code == 204
    assert (await drawn.owner.get(path)).status_code == 404
    assert (await drawn.owner.patch(path, {"name": "x"}, If_Match='"1"')).status_code == 404
    assert (await drawn.owner.post(f"{stage}/touchpoints", {"name": "x"})).status_code == 404
    assert (await drawn.owner.delete(stage, If_Match='"2"')).status_code == 404


async def test_a_touchpoint_comes_with_what_is_asked_for(world: World) -> None:
    drawn = await drawing(world)
    emotion = await drawn.emotion()
    call = drawn.touchpoints[0]["id"]
    await drawn.owner.made(
        "/v1/annotations", {"subject_id": call, "kind": "issue", "body": "Too long."}
    )
    path = f"/v1/touchpoints/{call}"
    plain = await drawn.owner.get(path)
    assert plain.headers["etag"].startswith('"1-')
    full = await drawn.owner.get(f"{path}?include=emotions&include=threads&include=ratings")
    on_map = (await drawn.map())["touchpoints"][0]
    for name in ("emotions", "threads", "ratings"):
        assert full.json()[name] == on_map[name]
        assert plain.json()[name] is None
    assert [one["id"] for one in full.json()["emotions"]] == [emotion["id"]]
    assert full.json()["threads"]["open"] == 1
    assert full.headers["etag"].startswith('"1-')
    part = await drawn.owner.get(f"{path}?include=threads", If_None_Match=full.headers["etag"])
    assert part.status_code == 200
    unknown = await drawn.owner.get(f"{path}?include=everything")
    assert unknown.status_code == 400
    stranger = (await world.organization()).admin
    assert (await stranger.get(path)).status_code == 404
