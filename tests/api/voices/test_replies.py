"""Answers in threads."""

from domain.roles import Group
from tests.api.voices.scene import code, scene
from tests.world import World


async def test_answers_are_listed_oldest_first_while_others_answer(world: World) -> None:
    place = await scene(world)
    said = await place.say(place[Group.FRONTLINE_STAFF])
    path = f"/v1/annotations/{said['id']}/replies"
    given = [
        await place[group].made(path, {"body": f"says {group}", "attributed_to": "a guest"})
        for group in Group
    ]
    assert [one["author_group"] for one in given] == list(Group)
    seen = []
    after = ""
    while True:
        page = await place.owner.read(f"{path}?limit=3{after}")
        seen += page["items"]
        if not page["next_cursor"]:
            break
        given.append(await place.owner.made(path, {"body": "meanwhile"}))
        after = f"&cursor={page['next_cursor']}"
    of_reader = {"may": [], "open_flags": None, "mine": True}
    assert [one | of_reader for one in seen] == [one | of_reader for one in given]
    assert [one["mine"] for one in seen[-1:]] == [True]
    assert (await place.owner.read(f"/v1/annotations/{said['id']}"))["reply_count"] == len(given)
    listed = await place.owner.read(f"/v1/annotations?subject={place.touchpoint}")
    assert [one["reply_count"] for one in listed["items"]] == [len(given)]
    assert (await place.verbs())[-len(given) :] == ["reply.written"] * len(given)


async def test_a_thread_without_answers_is_empty_and_one_that_is_not_there_is_not(
    world: World,
) -> None:
    place = await scene(world)
    said = await place.say(place[Group.FRONTLINE_STAFF])
    empty = await place.owner.read(f"/v1/annotations/{said['id']}/replies")
    assert empty == {"items": [], "next_cursor": None}
    missing = await place.owner.get(f"/v1/annotations/{place.touchpoint}/replies")
    assert code(missing, 404) == "not_found"
    answer = await place.owner.post(f"/v1/annotations/{place.touchpoint}/replies", {"body": "x"})
    assert code(answer, 404) == "not_found"


async def test_a_withdrawn_thread_can_be_hidden_with_its_answers(world: World) -> None:
    place = await scene(world)
    author, other = place[Group.FRONTLINE_STAFF], place[Group.SUPPORT_STAFF]
    path = f"/v1/annotations/{(await place.say(author))['id']}"
    await other.made(f"{path}/replies", {"body": "Rude."})
    assert (await author.post(f"{path}/withdraw")).status_code == 200
    assert len((await other.read(f"{path}/replies"))["items"]) == 1
    assert "hide_annotation" in (await place.owner.read(path))["may"]
    hidden = await place.owner.post(f"{path}/hide", {"reason": "Rude."}, If_Match='"2"')
    assert (hidden.status_code, hidden.json()["status"]) == (200, "hidden")
    assert hidden.json()["body"] is None
    assert code(await other.get(f"{path}/replies"), 404) == "not_found"
    shown = await place.owner.post(f"{path}/show", If_Match='"3"')
    assert shown.json()["status"] == "withdrawn"


async def test_an_answer_needs_words(world: World) -> None:
    place = await scene(world)
    said = await place.say(place[Group.FRONTLINE_STAFF])
    for body in ({"body": ""}, {"body": "\n"}, {"body": "x" * 10_001}, {"body": None}):
        reply = await place.owner.post(f"/v1/annotations/{said['id']}/replies", body)
        assert code(reply, 400)
        assert reply.json()["errors"][0]["pointer"] == "#/body"
