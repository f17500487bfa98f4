"""Saying "me too"."""

import asyncio

from domain.roles import Group
from tests.api.voices.scene import code, scene
from tests.world import World


async def test_support_is_given_once_and_taken_back_once(world: World) -> None:
    place = await scene(world)
    said = await place.say(place[Group.FRONTLINE_STAFF])
    path, me = f"/v1/annotations/{said['id']}", place[Group.SUPPORT_STAFF]
    before = await place.revision()
    for _ in range(2):
        given = await me.put(f"{path}/support")
        assert (given.json()["support_count"], given.json()["supported_by_me"]) == (1, True)
    assert (await me.delete(f"{path}/support")).status_code == 204
    assert code(await me.delete(f"{path}/support"), 404) == "not_found"
    assert (await me.read(path))["supported_by_me"] is False
    assert (await me.put(f"{path}/support")).json()["support_count"] == 1
    assert await place.verbs(before) == ["support.given", "support.taken_back", "support.given"]


async def test_everybody_counts_once_and_sees_their_own(world: World) -> None:
    place = await scene(world)
    said = await place.say(place[Group.FRONTLINE_STAFF])
    path = f"/v1/annotations/{said['id']}"
    calls = [place[group].patient().put(f"{path}/support") for group in Group for _ in range(5)]
    assert {reply.status_code for reply in await asyncio.gather(*calls)} == {200}
    assert (await place.verbs()).count("support.given") == len(Group)
    listed = await place[Group.EXECUTIVE].read(f"/v1/annotations?journey={place.journey}")
    assert [(one["support_count"], one["supported_by_me"]) for one in listed["items"]] == [
        (4, True)
    ]
    assert (await place.owner.read(path))["supported_by_me"] is False


async def test_support_is_taken_back_from_what_was_withdrawn_too(world: World) -> None:
    place = await scene(world)
    author, me = place[Group.FRONTLINE_STAFF], place[Group.EXECUTIVE]
    said = await place.say(author)
    path = f"/v1/annotations/{said['id']}"
    assert (await me.put(f"{path}/support")).status_code == 200
    assert (await author.post(f"{path}/withdraw")).status_code == 200
    assert (await me.delete(f"{path}/support")).status_code == 204
