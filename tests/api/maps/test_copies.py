"""Copies and futures: everything on the map, nothing of what was said, and a line of descent."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.roles import Group
from tests.api.accountability.moments import Scene
from tests.api.maps.drawing import Drawing, drawing
from tests.api.maps.test_journeys import FIELDS, begun, shape
from tests.world import Caller, World

OWN = {
    "id", "version", "title", "status", "owner_id", "created_by", "created_at", "updated_at",
    "may", "reviewed_at", "next_review_at", "state", "future_of_id", "future_ids",
}  # fmt: skip


async def filled(world: World) -> Drawing:
    """A map with something of each kind, and one touchpoint that opens into a journey."""
    drawn = await drawing(world)
    lane, place = await drawn.lane(), drawn.touchpoints[0]["id"]
    written = {"touchpoint_id": place, "body": "Listen."}
    path = f"/v1/lanes/{lane['id']}/cells"
    assert (await drawn.owner.put(path, written, If_Match='"0"')).is_success
    await drawn.emotion()
    child = {"journey_id": str(await drawn.org.journey(title="Below"))}
    path = f"/v1/touchpoints/{place}/child-journey"
    assert (await drawn.owner.put(path, child, If_Match='"1"')).is_success
    said = {"subject_id": place, "kind": "issue", "body": "Slow."}
    await drawn.owner.made("/v1/annotations", said)
    return drawn


def own(journey: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in journey.items() if name not in OWN}


async def test_a_copy_has_all_that_stands_on_the_map_and_says_the_same(world: World) -> None:
    drawn = await filled(world)
    persona = await drawn.owner.made("/v1/personas", {"name": "Ada"})
    path = f"/v1/journeys/{drawn.journey}"
    told = {name: FIELDS[name] for name in FIELDS if name not in ("title", "state")}
    body = told | {"persona_ids": [persona["id"]]}
    assert (await drawn.owner.patch(path, body, If_Match='"1"')).is_success
    await drawn.owner.delete(f"/v1/personas/{persona['id']}", If_Match='"1"')
    made = await drawn.owner.made(f"{path}/copies", {"title": "Again"})
    original = await drawn.owner.read(path)
    assert (made["title"], made["status"], made["state"]) == ("Again", "draft", "current")
    assert own(made) == own(original)
    copied = await drawn.owner.read(f"/v1/journeys/{made['id']}/map")
    assert shape(copied) == shape(await drawn.map())
    assert copied["touchpoints"][0]["child_journey_id"]
    assert not (await drawn.owner.read(f"/v1/annotations?journey={made['id']}"))["items"]


async def test_a_copy_may_be_for_others_and_for_whoever_creates_journeys(world: World) -> None:
    drawn = await filled(world)
    persona = await drawn.owner.made("/v1/personas", {"name": "Bob"})
    department = await drawn.owner.made("/v1/departments", {"name": "Yard"})
    body = {
        "title": "Bob's",
        "state": "future",
        "persona_ids": [persona["id"]],
        "department_id": department["id"],
    }
    leader = await drawn.org.member(Group.EXECUTIVE)
    path = f"/v1/journeys/{drawn.journey}/copies"
    made = await leader.made(path, body)
    assert {name: made[name] for name in body} == body
    assert made["owner_id"] == str(leader.member_id)
    assert made["future_of_id"] is None
    clerk = await drawn.org.member(Group.FRONTLINE_STAFF)
    assert (await clerk.post(path, body)).status_code == 403
    unknown = await leader.post(path, body | {"persona_ids": [drawn.touchpoints[0]["id"]]})
    assert unknown.json()["errors"][0]["pointer"] == "#/persona_ids/0"
    hidden = await begun(leader)
    reply = await drawn.owner.post(f"/v1/journeys/{hidden['id']}/copies", {"title": "Mine"})
    assert reply.status_code == 404


async def test_a_future_knows_its_current_journey_and_the_other_way_round(world: World) -> None:
    drawn = await filled(world)
    path = f"/v1/journeys/{drawn.journey}"
    before = (await drawn.owner.get(path)).headers["etag"]
    made = await drawn.owner.made(f"{path}/futures", {"title": "As it should be"})
    assert (made["state"], made["future_of_id"], made["future_ids"]) == (
        "future", str(drawn.journey), [],
    )  # fmt: skip
    assert (await drawn.owner.read(path))["future_ids"] == [made["id"]]
    assert (await drawn.owner.get(path, If_None_Match=before)).status_code == 200
    reader = await drawn.org.member(Group.EXECUTIVE)
    assert (await reader.read(path))["future_ids"] == [], "a draft of somebody else"
    again = await drawn.owner.post(f"/v1/journeys/{made['id']}/futures", {"title": "Later"})
    assert (again.status_code, again.json()["code"]) == (409, "future_already")


async def row(caller: Caller, title: str) -> dict[str, Any]:
    items = (await caller.read("/v1/journeys"))["items"]
    (found,) = [one for one in items if one["title"] == title]
    assert isinstance(found, dict)
    return found


async def test_rows_count_the_journeys_below_that_one_sees(world: World) -> None:
    drawn = await filled(world)
    reader = await drawn.org.member(Group.EXECUTIVE)
    assert (await row(reader, "I try it"))["child_journey_count"] == 1
    below = await row(drawn.owner, "Below")
    assert below["child_journey_count"] == 0
    path = f"/v1/journeys/{below['id']}"
    assert (await drawn.owner.patch(path, {"restricted": True}, If_Match='"1"')).is_success
    assert (await row(reader, "I try it"))["child_journey_count"] == 0
    assert (await row(drawn.owner, "I try it"))["child_journey_count"] == 1


async def test_descent_is_no_content(world: World) -> None:
    """Of two maps that say the same, one copied from the other, a sign-off approves the same."""
    drawn = await drawing(world)
    await drawn.emotion()
    path = f"/v1/journeys/{drawn.journey}"
    title = (await drawn.owner.read(path))["title"]
    made = await drawn.owner.made(f"{path}/copies", {"title": title})
    copied = replace(drawn, journey=UUID(made["id"]))
    told = [(await Scene(one, ["", ""]).hashes())["journey"] for one in (drawn, copied)]
    assert told[0] == told[1] != ""
