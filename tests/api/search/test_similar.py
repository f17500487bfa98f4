"""Threads that already say what somebody is about to write."""

from typing import Any
from urllib.parse import urlencode

from domain.ids import new_id
from domain.roles import Group
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import Caller, World

TEXT = "The waiting line at the front desk is far too long."


async def similar(who: Caller, subject: object, text: str = TEXT) -> list[dict[str, Any]]:
    """What is offered to somebody who is about to say it."""
    path = f"/v1/annotations/similar?{urlencode({'subject_id': subject, 'text': text})}"
    items: list[dict[str, Any]] = (await who.read(path))["items"]
    return items


async def elsewhere_in(place: Scene) -> str:
    """Another touchpoint of the journey."""
    path = f"/v1/stages/{place.stage}/touchpoints"
    touchpoint: str = (await place.owner.made(path, {"name": "Pay"}))["id"]
    return touchpoint


async def test_what_says_it_already_comes_nearest_first_then_open_then_most_alike(
    world: World,
) -> None:
    place = await scene(world)
    who = place[Group.FRONTLINE_STAFF]
    there = await elsewhere_in(place)
    closed = await place.say(who, body=TEXT)
    path = f"/v1/annotations/{closed['id']}/resolve"
    resolved = await place.owner.post(path, {"resolution": "fixed"}, **etag(1))
    assert resolved.status_code == 200
    some = await place.say(who, body="A long line is waiting before lunch at every desk.")
    most = await place.say(who, body="The line at the front desk is too long.")
    far = await place.say(who, body=TEXT, subject_id=there)
    await place.say(who, body="Nobody knows the price.")
    items = await similar(place[Group.EXECUTIVE], place.touchpoint)
    assert [item["id"] for item in items] == [
        most["id"],
        some["id"],
        closed["id"],
        far["id"],
    ]
    alike = {item["id"]: item["similarity"] for item in items}
    assert alike[closed["id"]] == alike[far["id"]] == 1
    assert 1 > alike[most["id"]] > alike[some["id"]] >= 0.25
    [listed] = (await place[Group.EXECUTIVE].read(f"/v1/annotations?subject={there}"))["items"]
    assert items[-1] == listed | {"similarity": 1}
    nearest = (await similar(who, there))[0]
    assert nearest["id"] == far["id"]
    assert await similar(who, place.touchpoint, "!? 1") == []
    assert await similar(who, place.touchpoint, "Something else entirely") == []


async def test_five_are_offered_at_the_most(world: World) -> None:
    place = await scene(world)
    for _ in range(7):
        await place.say(place.owner, body=TEXT)
    assert len(await similar(place.owner, place.touchpoint)) == 5


async def test_nothing_is_offered_that_the_reader_does_not_see(world: World) -> None:
    place = await scene(world)
    author, other = place[Group.EXECUTIVE], place[Group.FRONTLINE_STAFF]
    for visibility in ("leadership", "my_group", "private"):
        await place.say(author, body=TEXT, visibility=visibility)
    taken_back = await place.say(author, body=TEXT)
    await author.post(f"/v1/annotations/{taken_back['id']}/withdraw", **etag(1))
    hidden = await place.say(author, body=TEXT)
    await place.owner.post(f"/v1/annotations/{hidden['id']}/hide", {"reason": "x"}, **etag(1))
    assert await similar(other, place.touchpoint) == []
    assert len(await similar(author, place.touchpoint)) == 3
    stranger = (await world.organization()).admin
    path = f"/v1/annotations/similar?{urlencode({'subject_id': place.touchpoint, 'text': TEXT})}"
    assert code(await stranger.get(path), 404) == "not_found"
    nothing = path.replace(str(place.touchpoint), str(new_id()))
    assert code(await other.get(nothing), 404) == "not_found"


async def test_a_journey_that_is_not_for_all_offers_nothing_to_others(world: World) -> None:
    place = await scene(world, status="draft")
    await place.say(place.owner, body=TEXT)
    path = f"/v1/annotations/similar?{urlencode({'subject_id': place.journey, 'text': TEXT})}"
    assert code(await place[Group.EXECUTIVE].get(path), 404) == "not_found"
    assert len(await similar(place.owner, place.journey)) == 1


async def test_a_persona_is_spoken_about_in_many_journeys(world: World) -> None:
    place = await scene(world)
    persona = (await place.owner.made("/v1/personas", {"name": "Ida"}))["id"]
    await place.put_on_journey(persona)
    about = {"subject_id": persona, "journey_id": str(place.journey)}
    said = await place.say(place.owner, body=TEXT, **about)
    await place.say(place.owner, body=TEXT)
    assert [item["id"] for item in await similar(place.owner, persona)] == [said["id"]]
