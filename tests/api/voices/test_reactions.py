"""Reacting to annotations and replies."""

import asyncio

import pytest

from domain.roles import Group
from domain.talk import ReactionKind
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import World

TARGETS = ["annotation", "reply"]


async def said(place: Scene, target: str) -> str:
    """The path of something the frontline says, or of an answer to it."""
    author = place[Group.FRONTLINE_STAFF]
    path = f"/v1/annotations/{(await place.say(author))['id']}"
    if target == "annotation":
        return path
    return f"/v1/replies/{(await author.made(f'{path}/replies', {'body': 'So there.'}))['id']}"


@pytest.mark.parametrize("target", TARGETS)
async def test_a_reaction_is_given_once_and_taken_back_once(world: World, target: str) -> None:
    place = await scene(world)
    path, me = await said(place, target), place[Group.SUPPORT_STAFF]
    before = await place.revision()
    for _ in range(2):
        given = await me.put(f"{path}/reactions/heart")
        assert given.json()["reactions"] == [{"kind": "heart", "count": 1, "mine": True}]
    assert (await me.delete(f"{path}/reactions/heart")).status_code == 204
    assert code(await me.delete(f"{path}/reactions/heart"), 404) == "not_found"
    assert code(await me.delete(f"{path}/reactions/sad"), 404) == "not_found"
    assert (await me.read(path))["reactions"] == []
    assert (await me.put(f"{path}/reactions/heart")).status_code == 200
    assert await place.verbs(before) == ["reaction.added", "reaction.removed", "reaction.added"]
    assert code(await me.put(f"{path}/reactions/applause"), 400)


@pytest.mark.parametrize("target", TARGETS)
async def test_rows_count_each_kind_and_say_which_are_mine(world: World, target: str) -> None:
    place = await scene(world)
    path = await said(place, target)
    for group in Group:
        assert (await place[group].put(f"{path}/reactions/thanks")).status_code == 200
    for kind in ReactionKind:
        assert (await place.owner.put(f"{path}/reactions/{kind}")).status_code == 200
    others = [kind for kind in sorted(ReactionKind) if kind != "thanks"]
    wanted = [("thanks", 5, True), *((kind, 1, False) for kind in others)]
    me = place[Group.EXECUTIVE]
    rows = [await me.read(path)]
    within = rows[0].get("annotation_id")
    listed = f"annotations/{within}/replies" if within else f"annotations?journey={place.journey}"
    rows += (await me.read(f"/v1/{listed}"))["items"]
    for row in rows:
        told = [(one["kind"], one["count"], one["mine"]) for one in row["reactions"]]
        assert told == wanted


@pytest.mark.parametrize("target", TARGETS)
async def test_who_reacted_is_listed_newest_first(world: World, target: str) -> None:
    place = await scene(world)
    path = await said(place, target)
    for group in Group:
        assert (await place[group].put(f"{path}/reactions/eyes")).status_code == 200
    assert (await place[Group.EXECUTIVE].delete(f"{path}/reactions/eyes")).status_code == 204
    seen, after = [], ""
    while True:
        page = await place.owner.read(f"{path}/reactions?limit=2{after}")
        seen += [(one["member_id"], one["name"], one["kind"]) for one in page["items"]]
        if page["next_cursor"] is None:
            break
        after = f"&cursor={page['next_cursor']}"
    left = [group for group in reversed(Group) if group is not Group.EXECUTIVE]
    assert seen == [(str(place[one].member_id), place[one].name, "eyes") for one in left]


@pytest.mark.parametrize("target", TARGETS)
async def test_of_twenty_reactions_of_one_member_at_once_one_is_a_row(
    world: World, target: str
) -> None:
    place = await scene(world)
    path, me = await said(place, target), place[Group.SUPPORT_STAFF].patient()
    before = await place.revision()
    replies = await asyncio.gather(*(me.put(f"{path}/reactions/heart") for _ in range(20)))
    assert {reply.status_code for reply in replies} == {200}
    assert await place.verbs(before) == ["reaction.added"]
    assert len((await me.read(f"{path}/reactions"))["items"]) == 1


async def test_reactions_go_on_when_resolved_and_end_when_taken_back(world: World) -> None:
    place = await scene(world)
    author, me = place[Group.FRONTLINE_STAFF], place[Group.SUPPORT_STAFF]
    path = await said(place, "annotation")
    how = {"resolution": "fixed"}
    assert (await place.owner.post(f"{path}/resolve", how, **etag(1))).status_code == 200
    assert (await me.put(f"{path}/reactions/celebrate")).status_code == 200
    assert (await author.post(f"{path}/withdraw")).status_code == 200
    assert code(await me.put(f"{path}/reactions/sad"), 409) == "annotation_withdrawn"
    assert (await me.delete(f"{path}/reactions/celebrate")).status_code == 204


@pytest.mark.parametrize("target", TARGETS)
async def test_what_is_not_seen_takes_no_reaction_and_shows_none(world: World, target: str) -> None:
    place = await scene(world)
    boss, outsider = place[Group.EXECUTIVE], place[Group.FRONTLINE_STAFF]
    path = f"/v1/annotations/{(await place.say(boss, visibility='leadership'))['id']}"
    if target == "reply":
        answer = await boss.made(f"{path}/replies", {"body": "Between us."})
        path = f"/v1/replies/{answer['id']}"
    before = await place.revision()
    assert (await place.owner.put(f"{path}/reactions/heart")).status_code == 200
    for method in ("PUT", "DELETE"):
        assert code(await outsider.call(method, f"{path}/reactions/heart"), 404) == "not_found"
    assert code(await outsider.get(f"{path}/reactions"), 404) == "not_found"
    for who, verb in ((boss, "reaction.added"), (outsider, None)):
        events = f"/v1/journeys/{place.journey}/events?after={before}"
        [event] = (await who.read(events))["items"]
        assert (event["verb"], event["revision"]) == (verb, before + 1)


@pytest.mark.parametrize("target", TARGETS)
async def test_a_reaction_among_few_keeps_a_thread_among_them(world: World, target: str) -> None:
    place = await scene(world)
    boss = await place.org.member(Group.EXECUTIVE)
    thread = f"/v1/annotations/{(await place.say(boss, visibility='leadership'))['id']}"
    path = thread
    if target == "reply":
        answer = await boss.made(f"{path}/replies", {"body": "And so on."})
        path = f"/v1/replies/{answer['id']}"
    assert (await place.owner.put(f"{path}/reactions/sad")).status_code == 200
    assert (await place.owner.delete(f"{path}/reactions/sad")).status_code == 204
    wider = await boss.patch(thread, {"visibility": "everyone"}, **etag(1))
    assert code(wider, 409) == "answered_in_confidence"
