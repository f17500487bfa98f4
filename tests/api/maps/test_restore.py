"""Undoing removals: back to where it stood, with all that stood in it."""

from uuid import uuid4

from domain.roles import Group
from tests.api.maps.drawing import Thing, assert_only_editors, drawing
from tests.api.maps.events import verbs
from tests.world import World


def undo(thing: Thing) -> str:
    return f"/v1/subjects/{thing['id']}/restore"


def shape(told: Thing) -> Thing:
    """What stands where on a map, whatever version it has."""
    rows = ("stages", "lanes", "cells", "touchpoints")
    return {name: [one["id"] for one in told[name]] for name in rows} | {
        "threads": [one["threads"] for one in told["touchpoints"]],
        "emotions": [[felt["id"] for felt in one["emotions"]] for one in told["touchpoints"]],
    }


async def test_each_piece_comes_back_to_where_it_stood(world: World) -> None:
    drawn = await drawing(world)
    lane, emotion = await drawn.lane(), await drawn.emotion()
    call, stage = drawn.touchpoints[0], drawn.stages[0]
    cell = {"touchpoint_id": call["id"], "body": "Listen."}
    await drawn.owner.put(f"/v1/lanes/{lane['id']}/cells", cell, If_Match='"0"')
    await drawn.owner.made(
        "/v1/annotations", {"subject_id": call["id"], "kind": "idea", "body": "x"}
    )
    before = await drawn.map()
    pieces = (("lanes", lane), ("emotions", emotion), ("touchpoints", call), ("stages", stage))
    for kind, piece in pieces:
        removed = await drawn.owner.delete(f"/v1/{kind}/{piece['id']}", If_Match='"1"')
        assert removed.status_code == 204
    for kind, piece in reversed(pieces):
        back = await drawn.owner.post(undo(piece))
        assert (back.status_code, back.headers["etag"]) == (200, '"3"')
        assert back.json() == {
            "id": piece["id"],
            "subject_kind": kind.removesuffix("s"),
            "journey_id": str(drawn.journey),
            "version": 3,
        }
    assert shape(await drawn.map()) == shape(before)
    assert (await verbs(drawn.org, drawn.journey))[-4:] == [
        "stage.restored", "touchpoint.restored", "emotion.restored", "lane.restored",
    ]  # fmt: skip


async def test_what_stands_in_something_removed_waits_for_it(world: World) -> None:
    drawn = await drawing(world)
    emotion = await drawn.emotion()
    call, stage = drawn.touchpoints[0], drawn.stages[0]
    for kind, piece in (("emotions", emotion), ("touchpoints", call), ("stages", stage)):
        await drawn.owner.delete(f"/v1/{kind}/{piece['id']}", If_Match='"1"')
    for piece in (emotion, call):
        refused = await drawn.owner.post(undo(piece))
        assert (refused.status_code, refused.json()["code"]) == (409, "surroundings_removed")


async def test_there_is_nothing_to_bring_back(world: World) -> None:
    drawn = await drawing(world)
    said = await drawn.owner.made(
        "/v1/annotations", {"subject_id": drawn.stages[0]["id"], "kind": "idea", "body": "x"}
    )
    for thing in (drawn.stages[0], said, {"id": str(drawn.journey)}, {"id": str(uuid4())}):
        assert (await drawn.owner.post(undo(thing))).status_code == 404


async def test_who_may_undo_a_removal(world: World) -> None:
    drawn = await drawing(world)
    stage = drawn.stages[0]
    await drawn.owner.delete(f"/v1/stages/{stage['id']}", If_Match='"1"')
    await assert_only_editors(drawn, "POST", undo(stage))


async def test_a_persona_comes_back_by_the_right_to_edit_it(world: World) -> None:
    drawn = await drawing(world)
    persona = await drawn.owner.made("/v1/personas", {"name": "Ada"})
    await drawn.owner.delete(f"/v1/personas/{persona['id']}", If_Match='"1"')
    frontline = await drawn.org.member(Group.FRONTLINE_STAFF)
    assert (await frontline.post(undo(persona))).status_code == 403
    leader = await drawn.org.member(Group.EXECUTIVE)
    back = await leader.post(undo(persona))
    assert back.status_code == 200, back.text
    assert (back.json()["subject_kind"], back.json()["journey_id"]) == ("persona", None)
    assert (await leader.post(undo(persona))).status_code == 404
