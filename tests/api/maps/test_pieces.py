"""Reading one piece of a map by its id: as the map shows it, and only while it does."""

from itertools import chain

from domain.roles import Group
from tests.api.maps.drawing import Drawing, Thing, drawing
from tests.world import World

KINDS = ("stages", "lanes", "cells", "emotions")


async def furnished(world: World, **fields: object) -> tuple[Drawing, dict[str, Thing]]:
    """A map and one piece of each kind on it; the cell and the emotion are at the touchpoint."""
    drawn = await drawing(world, **fields)
    lane, emotion = await drawn.lane(), await drawn.emotion()
    path = f"/v1/lanes/{lane['id']}/cells"
    place = {"touchpoint_id": drawn.touchpoints[0]["id"], "body": "Listen."}
    cell = (await drawn.owner.put(path, place, If_Match='"0"')).json()
    pieces = {"stages": drawn.stages[0], "lanes": lane, "cells": cell, "emotions": emotion}
    return drawn, pieces


async def readable(drawn: Drawing, pieces: dict[str, Thing]) -> set[str]:
    """Which of them can be read now."""
    replies = {kind: await drawn.owner.get(f"/v1/{kind}/{pieces[kind]['id']}") for kind in KINDS}
    assert {reply.status_code for reply in replies.values()} <= {200, 404}
    return {kind for kind, reply in replies.items() if reply.status_code == 200}


async def test_a_piece_reads_as_the_map_shows_it(world: World) -> None:
    drawn, pieces = await furnished(world)
    path = f"/v1/lanes/{pieces['lanes']['id']}/cells"
    at_stage = {"stage_id": drawn.stages[0]["id"], "body": "Ask."}
    other = (await drawn.owner.put(path, at_stage, If_Match='"0"')).json()
    told = await drawn.map()
    emotions = list(chain.from_iterable(one["emotions"] for one in told["touchpoints"]))
    shown = {kind: told[kind] for kind in ("stages", "lanes", "cells")} | {"emotions": emotions}
    more = {
        "stages": {
            "touchpoint_ids": [one["id"] for one in drawn.touchpoints],
            "cell_ids": [other["id"]],
        },
        "lanes": {"cell_ids": sorted((pieces["cells"]["id"], other["id"]))},
    }
    for kind, piece in pieces.items():
        read = await drawn.owner.read(f"/v1/{kind}/{piece['id']}")
        (on_map,) = [one for one in shown[kind] if one["id"] == piece["id"]]
        assert read == on_map | more.get(kind, {})


async def test_a_touchpoint_tells_its_moment_and_cells(world: World) -> None:
    drawn, _ = await furnished(world)
    call = drawn.touchpoints[0]["id"]
    await drawn.owner.made(f"/v1/touchpoints/{call}/moments", {})
    names = (
        "emotions", "threads", "ratings", "moment", "proposals_open", "findings",
        "opportunities_open", "actions", "cells",
    )  # fmt: skip
    asked = "&".join(f"include={name}" for name in names)
    read = await drawn.owner.read(f"/v1/touchpoints/{call}?{asked}")
    told = await drawn.map()
    cells = [cell for cell in told["cells"] if cell["touchpoint_id"] == call]
    assert cells
    assert read == told["touchpoints"][0] | {"cells": cells}
    bare = await drawn.owner.read(f"/v1/touchpoints/{call}")
    assert [bare[name] for name in names] == [None] * len(names)


async def test_its_tag_saves_reading_it_again(world: World) -> None:
    drawn, pieces = await furnished(world)
    for kind, piece in pieces.items():
        path = f"/v1/{kind}/{piece['id']}"
        tag = (await drawn.owner.get(path)).headers["etag"]
        assert (await drawn.owner.get(path, If_None_Match=tag)).status_code == 304
    stage = f"/v1/stages/{drawn.stages[0]['id']}"
    tag = (await drawn.owner.get(stage)).headers["etag"]
    await drawn.touchpoint("Wait")
    assert (await drawn.owner.get(stage, If_None_Match=tag)).status_code == 200


async def test_what_is_off_the_map_is_not_found(world: World) -> None:
    drawn, pieces = await furnished(world)
    place = drawn.touchpoints[0]
    removed = {
        ("emotions", pieces["emotions"]["id"]): {"stages", "lanes", "cells"},
        ("touchpoints", place["id"]): {"stages", "lanes"},
        ("stages", drawn.stages[0]["id"]): {"lanes"},
        ("lanes", pieces["lanes"]["id"]): {"stages", "emotions"},
    }
    for (kind, piece), left in removed.items():
        version = 1
        gone = await drawn.owner.delete(f"/v1/{kind}/{piece}", If_Match=f'"{version}"')
        assert gone.status_code == 204, gone.text
        assert await readable(drawn, pieces) == left, kind
        back = await drawn.owner.post(f"/v1/subjects/{piece}/restore")
        assert back.status_code == 200, back.text
        assert await readable(drawn, pieces) == set(KINDS), kind


async def test_ids_beside_a_piece_leave_out_what_is_off_the_map(world: World) -> None:
    drawn, pieces = await furnished(world)
    lane, stage = f"/v1/lanes/{pieces['lanes']['id']}", f"/v1/stages/{drawn.stages[0]['id']}"
    at_stage = {"stage_id": drawn.stages[0]["id"], "body": "Ask."}
    other = (await drawn.owner.put(f"{lane}/cells", at_stage, If_Match='"0"')).json()["id"]
    await drawn.owner.delete(f"/v1/touchpoints/{drawn.touchpoints[0]['id']}", If_Match='"1"')
    assert (await drawn.owner.read(lane))["cell_ids"] == [other]
    assert (await drawn.owner.read(stage))["touchpoint_ids"] == [drawn.touchpoints[1]["id"]]
    await drawn.owner.delete(lane, If_Match='"1"')
    assert (await drawn.owner.read(stage))["cell_ids"] == []


async def test_pieces_are_for_those_who_see_the_journey(world: World) -> None:
    drawn, pieces = await furnished(world, status="draft")
    assert await readable(drawn, pieces) == set(KINDS)
    colleague = await drawn.org.member(Group.EXECUTIVE)
    for kind, piece in pieces.items():
        assert (await colleague.get(f"/v1/{kind}/{piece['id']}")).status_code == 404
