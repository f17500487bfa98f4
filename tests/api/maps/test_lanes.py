"""Lanes: questions in an order, who may change them."""

import pytest

from tests.api.maps.drawing import assert_asks_version, assert_only_editors, drawing, pointers
from tests.api.maps.events import verbs
from tests.world import World


async def test_a_lane_is_asked_changed_moved_and_removed(world: World) -> None:
    drawn = await drawing(world)
    first = await drawn.lane("What does the customer do?", kind="customer_actions")
    second = await drawn.lane("How can we improve?")
    between = await drawn.lane("Who helps?", after=first["id"])
    assert (second["kind"], second["version"]) == ("custom", 1)
    order = [lane["id"] for lane in (await drawn.map())["lanes"]]
    assert order == [first["id"], between["id"], second["id"]]
    path = f"/v1/lanes/{second['id']}"
    changed = await drawn.owner.patch(path, {"question": "What now?"}, If_Match='"1"')
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    moved = await drawn.owner.post(f"{path}/move", {"after": None}, If_Match='"2"')
    assert (moved.status_code, moved.json()["question"]) == (200, "What now?")
    order = [lane["id"] for lane in (await drawn.map())["lanes"]]
    assert order == [second["id"], first["id"], between["id"]]
    assert (await drawn.owner.delete(path, If_Match='"3"')).status_code == 204
    assert (await drawn.owner.delete(path, If_Match='"4"')).status_code == 404
    told = await verbs(drawn.org, drawn.journey)
    assert told[-6:] == [
        "lane.added", "lane.added", "lane.added", "lane.updated", "lane.moved", "lane.removed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"question": " "}, "#/question"),
        ({"question": "x" * 501}, "#/question"),
        ({"question": "x", "kind": "weather"}, "#/kind"),
        ({"question": "x", "cells": []}, "#/cells"),
    ],
)
async def test_what_is_no_lane(world: World, body: dict[str, object], place: str) -> None:
    drawn = await drawing(world)
    refused = await drawn.owner.post(f"/v1/journeys/{drawn.journey}/lanes", body)
    assert (refused.status_code, pointers(refused)) == (400, [place])


async def test_the_kind_of_a_lane_is_settled(world: World) -> None:
    drawn = await drawing(world)
    lane = await drawn.lane()
    path = f"/v1/lanes/{lane['id']}"
    refused = await drawn.owner.patch(path, {"kind": "thoughts"}, If_Match='"1"')
    assert (refused.status_code, pointers(refused)) == (400, ["#/kind"])


async def test_who_may_change_lanes_and_over_which_version(world: World) -> None:
    drawn = await drawing(world)
    path = f"/v1/lanes/{(await drawn.lane())['id']}"
    lanes = f"/v1/journeys/{drawn.journey}/lanes"
    await assert_only_editors(drawn, "POST", lanes, {"question": "x"})
    for method, at, body in (
        ("PATCH", path, {"question": "x"}),
        ("POST", f"{path}/move", {"after": None}),
        ("DELETE", path, None),
    ):
        await assert_only_editors(drawn, method, at, body, If_Match='"1"')
        await assert_asks_version(drawn, method, at, body)
