"""Editions: numbered names for states, and what differs between two of them."""

import asyncio
from typing import Any

import pytest

from domain.roles import Group
from tests.api.maps.drawing import Drawing, drawing
from tests.api.maps.events import verbs
from tests.api.voices.scene import code, etag
from tests.world import World

Thing = dict[str, Any]


async def published(drawn: Drawing, name: str = "Spring", **fields: Any) -> Thing:
    return await drawn.owner.made(f"/v1/journeys/{drawn.journey}/editions", {"name": name} | fields)


async def diff(drawn: Drawing, asked: str) -> Thing:
    return await drawn.owner.read(f"/v1/journeys/{drawn.journey}/edition-diff?{asked}")


def names(told: Thing) -> dict[str, list[str]]:
    return {
        one: [it["name"] for it in told[one]] for one in ("added", "removed", "changed", "moved")
    }


async def test_an_edition_shows_what_the_map_was(world: World) -> None:
    drawn = await drawing(world)
    before = await drawn.map()
    first = await published(drawn, note="For the board.")
    assert (first["number"], first["kind"], first["name"]) == (1, "published", "Spring")
    assert (first["revision"], first["version"]) == (before["revision"], 1)
    assert first["published_by"] == str(drawn.owner.member_id)
    await drawn.touchpoint("Late")
    second = await published(drawn, "Summer")
    assert second["number"] == 2
    then = await drawn.owner.read(f"{drawn.map_path}?revision={first['revision']}")
    assert [one["name"] for one in then["touchpoints"]] == ["Call", "Visit"]
    path = f"/v1/journeys/{drawn.journey}/editions"
    assert (await drawn.owner.read(path))["items"] == [second, first]
    assert (await drawn.owner.read(f"{path}?kind=safety"))["items"] == []
    assert await drawn.owner.read(f"/v1/editions/{first['id']}") == first
    assert (await verbs(drawn.org, drawn.journey))[-1] == "edition.published"


async def test_editions_are_published_by_the_owner_or_an_executive(world: World) -> None:
    drawn = await drawing(world)
    path = f"/v1/journeys/{drawn.journey}/editions"
    people = {group: await drawn.org.member(group) for group in Group}
    for group in (Group.FRONTLINE_STAFF, Group.SUPPORT_STAFF, Group.DECISION_MAKER):
        assert code(await people[group].post(path, {"name": "x"}), 403) == "forbidden"
    await people[Group.EXECUTIVE].made(path, {"name": "x"})
    stranger = (await world.organization()).admin
    for hidden in (path, f"/v1/journeys/{drawn.journey}/edition-diff?from=1"):
        assert (await stranger.get(hidden)).status_code == 404


async def test_two_at_once_get_two_numbers(world: World) -> None:
    drawn = await drawing(world)
    path = f"/v1/journeys/{drawn.journey}/editions"
    owner = drawn.owner.patient()
    made = await asyncio.gather(*(owner.made(path, {"name": str(n)}) for n in range(4)))
    assert sorted(one["number"] for one in made) == [1, 2, 3, 4]


async def changed_in_every_way(drawn: Drawing) -> Thing:
    """Something added, removed, changed and moved since the edition that is returned."""
    owner, (call, visit) = drawn.owner, drawn.touchpoints
    lane, feeling = await drawn.lane(), await drawn.emotion()
    third = await drawn.touchpoint("Third")
    first = await published(drawn)
    await drawn.stage("Later")
    cell = {"touchpoint_id": call["id"], "body": "So it is"}
    away = {"after": None, "stage_id": drawn.stages[1]["id"]}
    steps: list[tuple[str, str, Any, int]] = [
        ("PATCH", f"/v1/touchpoints/{call['id']}", {"quote": "Oh.", "evidence": ["Seen."]}, 1),
        ("PATCH", f"/v1/journeys/{drawn.journey}", {"objective": "Fewer calls."}, 1),
        ("PUT", f"/v1/lanes/{lane['id']}/cells", cell, 0),
        ("DELETE", f"/v1/emotions/{feeling['id']}", None, 1),
        ("POST", f"/v1/touchpoints/{third['id']}/move", {"after": None}, 1),
        ("POST", f"/v1/touchpoints/{visit['id']}/move", away, 1),
    ]
    for method, path, body, version in steps:
        assert (await owner.call(method, path, body, **etag(version))).status_code < 300
    return first


async def test_a_difference_names_every_change_once(world: World) -> None:
    drawn = await drawing(world)
    first = await changed_in_every_way(drawn)
    told = await diff(drawn, "from=1")
    assert names(told) == {
        "added": ["Later", "So it is"],
        "removed": ["lost"],
        "changed": ["I try it", "Call"],
        "moved": ["Third", "Visit"],
    }
    assert told["changed"][1]["fields"] == [
        {"field": "quote", "was": "", "now": "Oh."},
        {"field": "evidence", "was": [], "now": ["Seen."]},
    ]
    moved = told["moved"][1]
    assert (moved["was_in"], moved["now_in"]) == (drawn.stages[0]["id"], drawn.stages[1]["id"])
    assert (moved["was_after"], moved["now_after"]) == (drawn.touchpoints[0]["id"], None)
    assert (told["earlier"]["edition"], told["later"]["edition"]) == (first, None)


async def test_a_difference_reads_either_way(world: World) -> None:
    drawn = await drawing(world)
    first = await changed_in_every_way(drawn)
    back = await diff(drawn, f"from=now&to={first['id']}")
    assert names(back)["added"] == ["lost"]
    assert names(back)["removed"] == ["Later", "So it is"]
    same = await diff(drawn, f"from={first['id']}&to=1")
    assert names(same) == {"added": [], "removed": [], "changed": [], "moved": []}


@pytest.mark.parametrize(
    ("asked", "status", "problem"),
    [
        ("from=7", 422, "unknown_edition"),
        ("from=0", 400, "not_an_edition"),
        ("from=spring", 400, "not_an_edition"),
        ("from=01a223a6-9c88-7575-bde6-8429d394cf91", 422, "unknown_edition"),
        ("to=1", 400, "malformed"),
    ],
)
async def test_what_is_no_edition_is_refused(
    world: World, asked: str, status: int, problem: str
) -> None:
    drawn = await drawing(world)
    await published(drawn)
    path = f"/v1/journeys/{drawn.journey}/edition-diff?{asked}"
    refused = await drawn.owner.get(path)
    assert code(refused, status) == problem
    assert refused.json()["errors"][0]["parameter"] == "from"


async def test_an_edition_of_another_journey_is_none_of_this(world: World) -> None:
    drawn = await drawing(world)
    await published(drawn)
    other = await drawn.org.journey()
    made = await drawn.owner.made(f"/v1/journeys/{other}/editions", {"name": "Other"})
    path = f"/v1/journeys/{drawn.journey}/edition-diff?from={made['id']}"
    assert code(await drawn.owner.get(path), 422) == "unknown_edition"
