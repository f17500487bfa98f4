"""The states of a thread: who moves it where, and what is refused in each."""

import asyncio
from typing import Any

import pytest

from domain.roles import Group
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import Caller, World

RESOLVE = {"resolution": "answered", "note": "We told them."}
# What is refused in a state, with the code of the conflict.
REFUSED = {
    "open": {"restore": "annotation_open", "reopen": "annotation_open", "show": "annotation_shown"},
    "resolved": {
        "edit": "annotation_resolved",
        "restore": "annotation_resolved",
        "resolve": "annotation_resolved",
        "assign": "annotation_resolved",
        "show": "annotation_shown",
    },
    "withdrawn": {
        "edit": "annotation_withdrawn",
        "withdraw": "annotation_withdrawn",
        "resolve": "annotation_withdrawn",
        "reopen": "annotation_withdrawn",
        "assign": "annotation_withdrawn",
        "show": "annotation_shown",
        "reply": "annotation_withdrawn",
        "support": "annotation_withdrawn",
    },
    "hidden": {
        "edit": "annotation_hidden",
        "withdraw": "annotation_hidden",
        "restore": "annotation_hidden",
        "resolve": "annotation_hidden",
        "reopen": "annotation_hidden",
        "assign": "annotation_hidden",
        "hide": "annotation_hidden",
        "reply": "annotation_hidden",
        "support": "annotation_hidden",
    },
}
STEPS: dict[str, tuple[str, str, Any]] = {
    "edit": ("PATCH", "", {"body": "Otherwise."}),
    "withdraw": ("POST", "/withdraw", None),
    "restore": ("POST", "/restore", None),
    "resolve": ("POST", "/resolve", RESOLVE),
    "reopen": ("POST", "/reopen", None),
    "assign": ("POST", "/assign", {"member_id": None}),
    "hide": ("POST", "/hide", {"reason": "A name."}),
    "show": ("POST", "/show", None),
    "reply": ("POST", "/replies", {"body": "Same here."}),
    "support": ("PUT", "/support", None),
}
WRITTEN = {
    "edit": "annotation.edited",
    "withdraw": "annotation.withdrawn",
    "restore": "annotation.restored",
    "resolve": "annotation.resolved",
    "reopen": "annotation.reopened",
    "hide": "annotation.hidden",
    "show": "annotation.shown",
    "reply": "reply.written",
    "support": "support.given",
}


async def step(who: Caller, said: dict[str, Any], name: str, **more: Any) -> Any:
    method, what, body = STEPS[name]
    version = (await who.get(f"/v1/annotations/{said['id']}")).json().get("version", 1)
    path = f"/v1/annotations/{said['id']}{what}"
    return await who.call(method, path, body and body | more, **etag(version))


async def brought_to(place: Scene, state: str, author: Caller) -> dict[str, Any]:
    said = await place.say(author)
    move = {"resolved": "resolve", "withdrawn": "withdraw", "hidden": "hide"}.get(state)
    if move:
        who = author if move == "withdraw" else place.owner
        assert (await step(who, said, move)).json()["status"] == state
    return said


@pytest.mark.parametrize("state", REFUSED)
async def test_a_state_allows_what_it_should_and_refuses_the_rest(world: World, state: str) -> None:
    place = await scene(world)
    author = place[Group.FRONTLINE_STAFF]
    for name in STEPS:
        said = await brought_to(place, state, author)
        own = name in ("edit", "withdraw", "restore")
        before = await place.revision()
        reply = await step(author if own else place.owner, said, name)
        if name in REFUSED[state]:
            assert code(reply, 409) == REFUSED[state][name], name
            assert await place.verbs(before) == []
        else:
            assert reply.is_success, (state, name, reply.text)
            written = [] if name == "assign" else [WRITTEN[name]]
            assert await place.verbs(before) == written, (state, name)


async def test_a_thread_ends_and_is_taken_up_again(world: World) -> None:
    place = await scene(world)
    author = place[Group.FRONTLINE_STAFF]
    said = await place.say(author)
    path = f"/v1/annotations/{said['id']}"
    ended = (await place.owner.post(f"{path}/resolve", RESOLVE, **etag(1))).json()
    assert (ended["status"], ended["resolution"], ended["resolution_note"]) == (
        "resolved",
        "answered",
        "We told them.",
    )
    assert ended["resolved_by"] == str(place.owner.member_id)
    again = await author.post(f"{path}/reopen", **etag(2))
    assert again.headers["etag"] == '"3"'
    assert again.headers["journey-revision"] == str(await place.revision())
    assert {again.json()[name] for name in ("resolution", "resolved_by", "resolved_at")} == {None}
    seen = await place.owner.read(path)
    of_reader = {"may": [], "open_flags": None, "mine": False, "unread": False}
    assert again.json() | of_reader == seen | of_reader


@pytest.mark.parametrize("name", ["resolve", "reopen", "assign", "hide", "show"])
async def test_what_others_may_do_too_says_which_version_it_is_based_on(
    world: World, name: str
) -> None:
    place = await scene(world)
    said = await place.say(place[Group.FRONTLINE_STAFF])
    _, what, body = STEPS[name]
    path = f"/v1/annotations/{said['id']}{what}"
    assert code(await place.owner.post(path, body), 428) == "precondition_required"
    assert code(await place.owner.post(path, body, **etag(7)), 412) == "stale"


async def test_others_are_told_who_may(world: World) -> None:
    place = await scene(world)
    said = await place.say(place[Group.FRONTLINE_STAFF])
    other = place[Group.EXECUTIVE]
    for name in ("edit", "withdraw", "restore", "resolve", "reopen", "hide", "show"):
        reply = await step(other, said, name)
        assert code(reply, 403) == "forbidden"
        assert "Only" in reply.json()["detail"]
    assert await place.verbs() == [*(await place.verbs())[:-1], "annotation.written"]


async def test_anybody_takes_a_thread_and_the_assignee_hands_it_on(world: World) -> None:
    place = await scene(world)
    said = await place.say(place[Group.FRONTLINE_STAFF])
    taker, other = place[Group.SUPPORT_STAFF], place[Group.DECISION_MAKER]
    to = {"member_id": str(taker.member_id), "due_on": "2030-01-31"}
    path = f"/v1/annotations/{said['id']}/assign"
    assert code(await other.post(path, to, **etag(1)), 403) == "forbidden"
    taken = (await taker.post(path, to, **etag(1))).json()
    assert (taken["assignee_id"], taken["due_on"]) == (str(taker.member_id), "2030-01-31")
    assert "resolve_thread" in taken["may"]
    handed = {"member_id": str(other.member_id)}
    assert (await taker.post(path, handed, **etag(2))).json()["due_on"] is None
    assert code(await taker.post(path, {"member_id": None}, **etag(3)), 403) == "forbidden"
    freed = (await place.owner.post(path, {"member_id": None}, **etag(3))).json()
    assert freed["assignee_id"] is None
    assert (await place.verbs())[-3:] == ["annotation.assigned"] * 3


async def test_a_thread_goes_only_to_somebody_who_sees_it(world: World) -> None:
    place = await scene(world)
    said = await place.say(place.owner, visibility="leadership")
    path = f"/v1/annotations/{said['id']}/assign"
    before = await place.revision()
    for body, wanted, pointer, advice in (
        (
            str(place[Group.FRONTLINE_STAFF].member_id),
            "assignee_cannot_see",
            "#/member_id",
            "choose somebody",
        ),
        (str(place.journey), "unknown_member", "#/member_id", "no such active member"),
        (None, "due_for_nobody", "#/due_on", "name a member_id or leave due_on out"),
    ):
        to = {"member_id": body, "due_on": "2030-01-31"}
        reply = await place.owner.post(path, to, **etag(1))
        assert code(reply, 422) == wanted
        assert reply.json()["errors"][0]["pointer"] == pointer
        assert advice in reply.json()["errors"][0]["detail"]
    reply = await place.owner.post(path, {"member_id": None, "due_on": "0001-01-01"}, **etag(1))
    assert code(reply, 422) == "out_of_range"
    assert await place.verbs(before) == []
    to = {"member_id": str(place[Group.EXECUTIVE].member_id)}
    assert (await place.owner.post(path, to, **etag(1))).status_code == 200


async def test_of_ten_who_resolve_at_once_one_does(world: World) -> None:
    place = await scene(world)
    said = await place.say(place[Group.FRONTLINE_STAFF])
    path = f"/v1/annotations/{said['id']}/resolve"
    before = await place.revision()
    # Every connection is open by now, so that they really meet.
    await asyncio.gather(*(place.owner.read(f"/v1/annotations/{said['id']}") for _ in range(10)))
    replies = await asyncio.gather(
        *(place.owner.patient().post(path, RESOLVE, **etag(1)) for _ in range(10))
    )
    assert sorted(reply.status_code for reply in replies) == [200] + [412] * 9
    assert await place.verbs(before) == ["annotation.resolved"]


async def test_ones_own_words_are_withdrawn_not_hidden(world: World) -> None:
    place = await scene(world)
    said = await place.say(place.owner)
    assert "hide_annotation" not in said["may"]
    assert code(await step(place.owner, said, "hide"), 403) == "forbidden"


@pytest.mark.parametrize(
    ("name", "body", "pointer"),
    [
        ("resolve", {"resolution": "done"}, "#/resolution"),
        ("resolve", {"note": "x"}, "#/resolution"),
        ("resolve", RESOLVE | {"note": "x" * 2_001}, "#/note"),
        ("assign", {}, "#/member_id"),
        ("assign", {"member_id": "me"}, "#/member_id"),
        ("assign", {"member_id": None, "due_on": "tomorrow"}, "#/due_on"),
        ("hide", {"reason": " "}, "#/reason"),
        ("hide", {"reason": "x" * 501}, "#/reason"),
    ],
)
async def test_what_is_not_understood_is_pointed_at(
    world: World, name: str, body: dict[str, Any], pointer: str
) -> None:
    place = await scene(world)
    said = await place.say(place[Group.FRONTLINE_STAFF])
    path = f"/v1/annotations/{said['id']}{STEPS[name][1]}"
    reply = await place.owner.post(path, body, **etag(1))
    assert code(reply, 400)
    assert reply.json()["errors"][0]["pointer"] == pointer
