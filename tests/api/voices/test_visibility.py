"""Who sees which annotation: every visibility, every group, everywhere it could show."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import Caller, World

SEEN_BY = {
    "everyone": set(Group),
    "my_group": {Group.SUPPORT_STAFF},
    "leadership": {Group.DECISION_MAKER, Group.EXECUTIVE},
    "private": set(),
}


async def listed(who: Caller, query: str) -> set[str]:
    return {item["id"] for item in (await who.read(f"/v1/annotations?{query}"))["items"]}


async def events_about(who: Caller, place: Scene, said: dict[str, Any]) -> set[str]:
    found = await who.read(f"/v1/journeys/{place.journey}/events?limit=100")
    return {event["verb"] for event in found["items"] if event["subject_id"] == said["id"]}


@pytest.mark.parametrize("visibility", SEEN_BY)
async def test_an_annotation_shows_to_those_it_is_for_and_nowhere_to_others(
    world: World, visibility: str
) -> None:
    place = await scene(world)
    author = await place.org.member(Group.SUPPORT_STAFF)
    said = await place.say(author, visibility=visibility)
    path = f"/v1/annotations/{said['id']}"
    assert (await author.get(path)).status_code == 200
    for group in Group:
        reader, sees = place[group], group in SEEN_BY[visibility]
        assert (said["id"] in await listed(reader, f"journey={place.journey}")) is sees
        assert (said["id"] in await listed(reader, f"author={author.member_id}")) is sees
        assert (said["id"] in await listed(reader, f"under={place.stage}")) is sees
        for what in ("", "/replies", "/revisions"):
            assert (await reader.get(path + what)).status_code == (200 if sees else 404)
        reply = await reader.post(f"{path}/replies", {"body": "Same here."})
        assert reply.status_code == (201 if sees else 404)
        assert (await reader.put(f"{path}/support")).status_code == (200 if sees else 404)
        assert ("annotation.written" in await events_about(reader, place, said)) is sees
        changed = await reader.patch(path, {"body": "Mine now."}, **etag(1))
        assert changed.status_code == (403 if sees else 404)
    seen = await author.read(path)
    assert seen["reply_count"] == seen["support_count"] == len(SEEN_BY[visibility])


async def test_nobody_of_another_organization_sees_anything(world: World) -> None:
    place, elsewhere = await scene(world), await world.organization()
    said = await place.say(place[Group.EXECUTIVE])
    path = f"/v1/annotations/{said['id']}"
    stranger = elsewhere.admin
    assert await listed(stranger, f"journey={place.journey}") == set()
    for method, what, body in (
        ("GET", "", None),
        ("GET", "/replies", None),
        ("GET", "/revisions", None),
        ("POST", "/replies", {"body": "x"}),
        ("POST", "/withdraw", None),
        ("POST", "/restore", None),
        ("PUT", "/support", None),
        ("DELETE", "/support", None),
        ("PATCH", "", {"body": "x"}),
        ("POST", "/resolve", {"resolution": "fixed"}),
        ("POST", "/reopen", None),
        ("POST", "/assign", {"member_id": str(stranger.member_id)}),
        ("POST", "/hide", {"reason": "x"}),
        ("POST", "/show", None),
    ):
        reply = await stranger.call(method, path + what, body, **etag(1))
        assert code(reply, 404) == "not_found", (method, what)
    idea = {"subject_id": str(place.touchpoint), "kind": "idea", "body": "x"}
    assert (await stranger.post("/v1/annotations", idea)).status_code == 404
    rating = f"/v1/touchpoints/{place.touchpoint}/ratings"
    assert (await stranger.get(rating)).status_code == 404
    assert (await stranger.put(f"{rating}/me", {"emotional": 3})).status_code == 404


@pytest.mark.parametrize("answer", ["reply", "support", "support taken back", "resolution"])
async def test_what_was_answered_in_confidence_is_not_told_to_more(
    world: World, answer: str
) -> None:
    place = await scene(world)
    boss = await place.org.member(Group.EXECUTIVE)
    said = await place.say(boss, visibility="leadership")
    path = f"/v1/annotations/{said['id']}"
    answering = place.owner
    if answer == "reply":
        await answering.made(f"{path}/replies", {"body": "Between us."})
    elif answer == "resolution":
        note = {"resolution": "fixed", "note": "Between us."}
        assert (await answering.post(f"{path}/resolve", note, **etag(1))).status_code == 200
        assert (await boss.post(f"{path}/reopen", **etag(2))).status_code == 200
    else:
        assert (await answering.put(f"{path}/support")).status_code == 200
    if answer == "support taken back":
        assert (await answering.delete(f"{path}/support")).status_code == 204
    tag = (await boss.get(path)).headers["etag"]
    wider = await boss.patch(path, {"visibility": "everyone"}, If_Match=tag)
    assert code(wider, 409) == "answered_in_confidence"
    assert wider.json()["errors"][0]["pointer"] == "#/visibility"
    assert (await place[Group.SUPPORT_STAFF].get(path)).status_code == 404
    narrower = await boss.patch(path, {"visibility": "my_group"}, If_Match=tag)
    assert (narrower.status_code, narrower.json()["visibility"]) == (200, "my_group")


async def test_what_only_its_author_answered_may_be_told_to_more(world: World) -> None:
    place = await scene(world)
    ann = place[Group.FRONTLINE_STAFF]
    said = await place.say(ann, visibility="private")
    path = f"/v1/annotations/{said['id']}"
    await ann.made(f"{path}/replies", {"body": "And again today."})
    wider = await ann.patch(path, {"visibility": "everyone"}, **etag(1))
    assert wider.status_code == 200, wider.text


async def test_a_draft_hides_everything_said_about_it(world: World) -> None:
    place = await scene(world, status="draft")
    said = await place.say(place.owner)
    other = place[Group.EXECUTIVE]
    assert await listed(other, f"journey={place.journey}") == set()
    assert (await other.get(f"/v1/annotations/{said['id']}")).status_code == 404
    assert (await other.get(f"/v1/annotations/{said['id']}/replies")).status_code == 404
    assert (await other.put(f"/v1/annotations/{said['id']}/support")).status_code == 404


async def test_withdrawn_words_are_the_authors_alone_until_restored(world: World) -> None:
    place = await scene(world)
    author, other = place[Group.FRONTLINE_STAFF], place[Group.EXECUTIVE]
    said = await place.say(author, body="I take this back.")
    path = f"/v1/annotations/{said['id']}"
    assert (await author.post(f"{path}/withdraw")).json()["status"] == "withdrawn"
    assert (await author.read(path))["body"] == "I take this back."
    seen = await other.read(path)
    assert (seen["body"], seen["status"], seen["may"]) == (None, "withdrawn", [])
    told = (await other.read(f"{path}/revisions"))["items"]
    assert [revision["body"] for revision in told] == [None, None]
    assert said["id"] not in await listed(other, f"journey={place.journey}")
    assert said["id"] in await listed(other, f"journey={place.journey}&status=withdrawn")
    assert (await author.post(f"{path}/restore")).json()["status"] == "open"
    assert (await other.read(path))["body"] == "I take this back."


async def test_hidden_words_show_to_their_author_and_to_who_moderates(world: World) -> None:
    place = await scene(world)
    author, other, moderator = (
        place[Group.FRONTLINE_STAFF],
        place[Group.EXECUTIVE],
        await place.moderator(),
    )
    said = await place.say(author)
    path = f"/v1/annotations/{said['id']}"
    hidden = (await moderator.post(f"{path}/hide", {"reason": "A name."}, **etag(1))).json()
    assert (hidden["status"], hidden["hidden_reason"]) == ("hidden", "A name.")
    for who in (author, place.owner, moderator):
        assert (await who.read(path))["body"] == "Too long."
        assert said["id"] in await listed(who, f"journey={place.journey}&status=hidden")
    for what in ("", "/replies", "/revisions"):
        assert (await other.get(path + what)).status_code == 404
    assert await listed(other, f"journey={place.journey}&status=hidden") == set()
    shown = (await place.owner.post(f"{path}/show", **etag(hidden["version"]))).json()
    assert (shown["status"], shown["hidden_by"], shown["hidden_reason"]) == ("open", None, "")
    assert (await other.read(path))["body"] == "Too long."


async def test_a_moderator_sees_no_more_than_their_group_does(world: World) -> None:
    place, author = await scene(world), None
    author = place[Group.FRONTLINE_STAFF]
    said = await place.say(author, visibility="my_group")
    moderator = await place.moderator()
    reply = await moderator.post(f"/v1/annotations/{said['id']}/hide", {"reason": "x"}, **etag(1))
    assert code(reply, 404) == "not_found"
