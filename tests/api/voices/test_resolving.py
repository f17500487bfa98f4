"""How a thread may end: what must be said, and where a duplicate points."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import Caller, World

DUPLICATE = {"resolution": "duplicate"}


async def resolved(who: Caller, said: dict[str, Any], **how: Any) -> Any:
    path = f"/v1/annotations/{said['id']}"
    version = (await who.read(path))["version"]
    return await who.post(f"{path}/resolve", how, **etag(version))


async def is_duplicate(who: Caller, said: dict[str, Any], of: dict[str, Any]) -> Any:
    return await resolved(who, said, resolution="duplicate", duplicate_of_id=of["id"])


@pytest.mark.parametrize(
    ("how", "wanted", "pointer"),
    [
        ({"resolution": "wont_do"}, "note_required", "#/note"),
        ({"resolution": "wont_do", "note": "\n "}, "note_required", "#/note"),
        (DUPLICATE, "original_required", "#/duplicate_of_id"),
        (DUPLICATE | {"duplicate_of_id": "{self}"}, "not_an_original", "#/duplicate_of_id"),
        (DUPLICATE | {"duplicate_of_id": "{journey}"}, "unknown_annotation", "#/duplicate_of_id"),
        (DUPLICATE | {"duplicate_of_id": "{private}"}, "unknown_annotation", "#/duplicate_of_id"),
        (DUPLICATE | {"duplicate_of_id": "{elsewhere}"}, "unknown_annotation", "#/duplicate_of_id"),
        (DUPLICATE | {"duplicate_of_id": "{withdrawn}"}, "not_an_original", "#/duplicate_of_id"),
        (DUPLICATE | {"duplicate_of_id": "{among_us}"}, "original_unseen", "#/duplicate_of_id"),
        (
            {"resolution": "fixed", "duplicate_of_id": "{other}"},
            "not_a_duplicate",
            "#/duplicate_of_id",
        ),
    ],
)
async def test_an_end_that_leaves_its_readers_alone_is_refused(
    world: World, how: dict[str, Any], wanted: str, pointer: str
) -> None:
    place = await scene(world)
    names = await others(place)
    said = await place.say(place[Group.FRONTLINE_STAFF])
    names |= {"self": said["id"], "journey": str(place.journey)}
    named = {key: value.format(**names) for key, value in how.items()}
    reply = await resolved(place.owner, said, **named)
    assert code(reply, 422) == wanted
    assert reply.json()["errors"][0]["pointer"] == pointer
    assert (await place.owner.read(f"/v1/annotations/{said['id']}"))["status"] == "open"


async def others(place: Scene) -> dict[str, str]:
    """Threads beside the one that is to end."""
    ann, boss = place[Group.SUPPORT_STAFF], place[Group.EXECUTIVE]
    journey = await place.org.journey()
    withdrawn = await place.say(ann)
    assert (await ann.post(f"/v1/annotations/{withdrawn['id']}/withdraw")).status_code == 200
    said = {
        "other": await place.say(ann),
        "private": await place.say(ann, visibility="private"),
        "among_us": await place.say(boss, visibility="leadership"),
        "elsewhere": await place.say(ann, subject_id=str(journey)),
        "withdrawn": withdrawn,
    }
    return {name: one["id"] for name, one in said.items()}


@pytest.mark.parametrize("resolution", ["fixed", "action_created", "answered", "wont_do"])
async def test_a_thread_ends_in_every_way_there_is(world: World, resolution: str) -> None:
    place = await scene(world)
    said = await place.say(place[Group.FRONTLINE_STAFF])
    ended = await resolved(place.owner, said, resolution=resolution, note="So it is.")
    assert (ended.status_code, ended.json()["resolution"]) == (200, resolution)
    assert ended.json()["duplicate_of_id"] is None


async def test_a_duplicate_points_at_the_thread_that_goes_on_until_it_is_reopened(
    world: World,
) -> None:
    place = await scene(world)
    author = place[Group.FRONTLINE_STAFF]
    first, second = await place.say(place[Group.SUPPORT_STAFF]), await place.say(author)
    ended = (await is_duplicate(place.owner, second, first)).json()
    assert (ended["status"], ended["duplicate_of_id"]) == ("resolved", first["id"])
    listed = await author.read(f"/v1/annotations?duplicate_of={first['id']}")
    assert [one["id"] for one in listed["items"]] == [second["id"]]
    path = f"/v1/annotations/{second['id']}"
    reopened = await author.post(f"{path}/reopen", **etag(ended["version"]))
    assert reopened.json()["duplicate_of_id"] is None
    listed = await author.read(f"/v1/annotations?duplicate_of={first['id']}")
    assert listed["items"] == []


async def test_duplicates_never_go_in_a_circle(world: World) -> None:
    place = await scene(world)
    one, two, three = [await place.say(place[Group.FRONTLINE_STAFF]) for _ in range(3)]
    assert (await is_duplicate(place.owner, one, two)).status_code == 200
    assert (await is_duplicate(place.owner, two, three)).status_code == 200
    for original in (one, two):
        reply = await is_duplicate(place.owner, three, original)
        assert code(reply, 422) == "not_an_original"
        assert "name the one it points at" in reply.json()["detail"]


@pytest.mark.parametrize(
    ("mine", "theirs", "status"),
    [
        ("everyone", "everyone", 200),
        ("leadership", "everyone", 200),
        ("leadership", "leadership", 200),
        ("my_group", "leadership", 200),
        ("private", "leadership", 200),
        ("everyone", "leadership", 422),
        ("leadership", "my_group", 422),
    ],
)
async def test_a_duplicate_points_only_at_what_all_of_its_readers_read(
    world: World, mine: str, theirs: str, status: int
) -> None:
    place = await scene(world)
    boss = await place.org.member(Group.DECISION_MAKER)
    said = await place.say(place.owner, visibility=mine)
    original = await place.say(boss, visibility=theirs)
    reply = await is_duplicate(place.owner, said, original)
    assert reply.status_code == status, reply.text
    if status == 422:
        assert reply.json()["code"] == "original_unseen"


async def test_a_thread_of_somebody_who_moved_on_needs_an_original_they_still_see(
    world: World,
) -> None:
    place = await scene(world)
    author = await place.org.member(Group.DECISION_MAKER)
    said = await place.say(author, visibility="leadership")
    original = await place.say(place.owner, visibility="leadership")
    path = f"/v1/members/{author.member_id}"
    moved = {"group": "frontline_staff"}
    assert (await place.owner.patch(path, moved, **etag(1))).status_code == 200
    assert code(await is_duplicate(place.owner, said, original), 422) == "original_unseen"
