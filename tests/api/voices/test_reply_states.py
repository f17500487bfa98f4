"""Answers said better, taken back, hidden, and what others read of them."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import Caller, World

STEPS: dict[str, tuple[str, str, Any]] = {
    "edit": ("PATCH", "", {"body": "Otherwise."}),
    "withdraw": ("POST", "/withdraw", None),
    "restore": ("POST", "/restore", None),
    "hide": ("POST", "/hide", {"reason": "A name."}),
    "show": ("POST", "/show", None),
    "approve": ("POST", "/approve", None),
    "react": ("PUT", "/reactions/heart", None),
    "flag": ("POST", "/flag", {"reason": "spam"}),
}
OWN = ("edit", "withdraw", "restore")
# What is refused in a state, with the code of the conflict.
REFUSED = {
    "shown": {"restore": "reply_shown", "show": "reply_shown"},
    "withdrawn": {
        "edit": "reply_withdrawn",
        "withdraw": "reply_withdrawn",
        "show": "reply_shown",
        "react": "reply_withdrawn",
        "flag": "reply_withdrawn",
    },
    "hidden": dict.fromkeys(
        ("edit", "withdraw", "restore", "hide", "approve", "react", "flag"), "reply_hidden"
    ),
    "in a withdrawn thread": {
        "edit": "annotation_withdrawn",
        "restore": "reply_shown",
        "show": "reply_shown",
        "react": "annotation_withdrawn",
        "flag": "annotation_withdrawn",
    },
    "in a hidden thread": {
        "edit": "annotation_hidden",
        "withdraw": "annotation_hidden",
        "restore": "reply_shown",
        "show": "reply_shown",
        "react": "annotation_hidden",
        "flag": "annotation_hidden",
    },
}
VERBS = {
    "edit": "reply.edited",
    "withdraw": "reply.withdrawn",
    "restore": "reply.restored",
    "hide": "reply.hidden",
    "show": "reply.shown",
    "approve": "reply.approved",
    "react": "reaction.added",
    "flag": "flag.raised",
}


async def answered(place: Scene, author: Caller, **fields: Any) -> tuple[str, str]:
    """The paths of a thread of the author and of their answer in it."""
    thread = f"/v1/annotations/{(await place.say(author, **fields))['id']}"
    reply = await author.made(f"{thread}/replies", {"body": "So there."})
    assert reply["may"] == ["edit_annotation", "withdraw_annotation", "react"]
    return thread, f"/v1/replies/{reply['id']}"


async def step(who: Caller, path: str, name: str) -> Any:
    method, what, body = STEPS[name]
    version = (await who.get(path)).json().get("version", 1)
    return await who.call(method, path + what, body, **etag(version))


async def brought_to(place: Scene, state: str, author: Caller) -> str:
    thread, path = await answered(place, author)
    if state in ("withdrawn", "hidden"):
        who, name = (author, "withdraw") if state == "withdrawn" else (place.owner, "hide")
        assert (await step(who, path, name)).json()["status"] == state
    if state == "in a withdrawn thread":
        assert (await author.post(f"{thread}/withdraw")).status_code == 200
    if state == "in a hidden thread":
        hidden = await place.owner.post(f"{thread}/hide", {"reason": "A name."}, **etag(1))
        assert hidden.status_code == 200
    return path


@pytest.mark.parametrize("state", REFUSED)
async def test_a_state_allows_what_it_should_and_refuses_the_rest(world: World, state: str) -> None:
    place = await scene(world)
    author = place[Group.FRONTLINE_STAFF]
    for name in STEPS:
        path = await brought_to(place, state, author)
        before = await place.revision()
        who = author if name in OWN else place.owner
        may = (await who.read(path))["may"]
        reply = await step(who, path, name)
        if name in REFUSED[state]:
            assert code(reply, 409) == REFUSED[state][name], name
            assert await place.verbs(before) == []
        else:
            assert reply.is_success, (state, name, reply.text)
            assert await place.verbs(before) == [VERBS[name]], (state, name)
        named = {"react": "react", "flag": "flag_annotation"} | {
            one: f"{one}_annotation" for one in OWN
        }
        if name in named:
            assert (named[name] in may) is (name not in REFUSED[state]), (state, name)


async def test_only_its_author_changes_an_answer_and_only_a_moderator_hides_it(
    world: World,
) -> None:
    place = await scene(world)
    author, other = place[Group.FRONTLINE_STAFF], place[Group.EXECUTIVE]
    _, path = await answered(place, author)
    for name in ("edit", "withdraw", "restore", "hide", "show", "approve"):
        assert code(await step(other, path, name), 403) == "forbidden"
    for name in ("hide", "approve"):
        assert code(await step(author, path, name), 403) == "forbidden"
    for name in ("edit", "hide", "show", "approve"):
        method, what, body = STEPS[name]
        who = author if name == "edit" else place.owner
        missing = await who.call(method, path + what, body)
        assert code(missing, 428) == "precondition_required"
        assert code(await who.call(method, path + what, body, **etag(7)), 412) == "stale"


@pytest.mark.parametrize(
    ("state", "readers"),
    [("shown", "author owner other"), ("withdrawn", "author"), ("hidden", "author owner")],
)
async def test_the_words_show_to_those_they_are_for_everywhere(
    world: World, state: str, readers: str
) -> None:
    place = await scene(world)
    author = place[Group.FRONTLINE_STAFF]
    thread, path = await answered(place, author)
    if state != "shown":
        who, name = (author, "withdraw") if state == "withdrawn" else (place.owner, "hide")
        assert (await step(who, path, name)).status_code == 200
    people = {"author": author, "owner": place.owner, "other": place[Group.EXECUTIVE]}
    for name, who in people.items():
        reads = name in readers.split()
        listed = (await who.read(f"{thread}/replies"))["items"]
        for row in (await who.read(path), *listed):
            assert (row["body"] == "So there.", row["body"] is None) == (reads, not reads)
            assert (row["body_html"] is None, row["status"]) == (not reads, state)
            knows = state == "hidden" and name != "other"
            assert row["hidden_reason"] == ("A name." if knows else "")
        for one in (await who.read(f"{path}/revisions"))["items"]:
            assert one["body"] == ("So there." if reads else None)
        panel = (await who.read(thread))["last_replies"][-1]
        short = state == "shown" or name == "author"
        assert (panel["body"], panel["status"]) == ("So there." if short else None, state)
    assert (await people["other"].read(thread))["reply_count"] == 1


async def test_every_version_of_an_answer_is_kept(world: World) -> None:
    place = await scene(world)
    author = place[Group.FRONTLINE_STAFF]
    _, path = await answered(place, author)
    edited = (await author.patch(path, {"body": "Better."}, **etag(1))).json()
    assert (edited["body"], edited["version"]) == ("Better.", 2)
    assert edited["edited_at"] is not None
    same = (await author.patch(path, {"body": "Better."}, **etag(2))).json()
    assert same == edited
    seen, after = [], ""
    while True:
        page = await place.owner.read(f"{path}/revisions?limit=1{after}")
        seen += [(one["version"], one["verb"], one["body"]) for one in page["items"]]
        if page["next_cursor"] is None:
            break
        after = f"&cursor={page['next_cursor']}"
    assert seen == [(1, "reply.written", "So there."), (2, "reply.edited", "Better.")]


async def test_who_is_let_into_a_thread_reads_no_answer_as_it_was_before(world: World) -> None:
    place = await scene(world)
    author, other = place[Group.FRONTLINE_STAFF], place[Group.EXECUTIVE]
    thread, path = await answered(place, author, visibility="private")
    assert (await author.patch(path, {"body": "Politely."}, **etag(1))).status_code == 200
    wider = await author.patch(thread, {"visibility": "everyone"}, **etag(1))
    assert wider.status_code == 200, wider.text
    assert (await author.patch(path, {"body": "For all."}, **etag(2))).status_code == 200
    told = (await other.read(f"{path}/revisions"))["items"]
    assert [one["body"] for one in told] == [None, None, "For all."]
    own = (await author.read(f"{path}/revisions"))["items"]
    assert [one["body"] for one in own] == ["So there.", "Politely.", "For all."]


async def test_an_edit_mentions_only_whom_the_thread_reaches(world: World) -> None:
    place = await scene(world)
    author, boss = place[Group.DECISION_MAKER], place[Group.FRONTLINE_STAFF]
    _, path = await answered(place, author, visibility="leadership")
    body = {"body": f"See @[member:{boss.member_id}]."}
    refused = await author.patch(path, body, **etag(1))
    assert code(refused, 422) == "mention_cannot_see"
    assert refused.json()["errors"][0]["pointer"] == "#/body"
    reached = {"body": f"See @[member:{place.owner.member_id}]."}
    edited = (await author.patch(path, reached, **etag(1))).json()
    assert [one["id"] for one in edited["mentions"]["members"]] == [str(place.owner.member_id)]


@pytest.mark.parametrize("body", [{"body": " "}, {"body": None}, {}, {"body": "x" * 10_001}])
async def test_an_edit_needs_words(world: World, body: dict[str, Any]) -> None:
    place = await scene(world)
    author = place[Group.FRONTLINE_STAFF]
    _, path = await answered(place, author)
    reply = await author.patch(path, body, **etag(1))
    assert code(reply, 400)
    assert reply.json()["errors"][0]["pointer"] == "#/body"


async def test_an_answer_for_a_group_is_changed_without_a_name(world: World) -> None:
    place = await scene(world, group_voice=True)
    author, other = place[Group.FRONTLINE_STAFF], place[Group.EXECUTIVE]
    thread = f"/v1/annotations/{(await place.say(other))['id']}"
    reply = await author.made(f"{thread}/replies", {"body": "So there.", "voice": "group"})
    path, before = f"/v1/replies/{reply['id']}", await place.revision()
    for name in OWN:
        assert (await step(author, path, name)).is_success
    kinds = [row["actor_kind"] for row in await place.entries() if row["revision"] > before]
    assert kinds == ["hidden"] * 3
    flag = {"reason": "spam", "note": "Who says so?"}
    assert (await other.post(f"{path}/flag", flag)).status_code == 200
    hidden = await place.owner.post(f"{path}/hide", {"reason": "A name."}, **etag(4))
    assert hidden.json()["author_id"] is None
    log = await place.owner.get(f"/v1/journeys/{place.journey}/moderation-log")
    for what in (f"{path}/revisions", path, f"{thread}/replies"):
        assert str(author.member_id) not in (await place.owner.get(what)).text
    assert str(author.member_id) not in log.text
