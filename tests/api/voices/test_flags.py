"""Flags: who raises them, who learns of them, how they are settled."""

import asyncio
from typing import Any

import pytest

from domain.roles import Group
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import Caller, World

FLAG = {"reason": "personal_data", "note": "Names a customer."}
TARGETS = ["annotation", "reply"]


async def said(place: Scene, target: str, author: Caller | None = None, **fields: Any) -> str:
    """The path of something the frontline says, or of an answer to what it says."""
    author = author or place[Group.FRONTLINE_STAFF]
    path = f"/v1/annotations/{(await place.say(author, **fields))['id']}"
    if target == "annotation":
        return path
    return f"/v1/replies/{(await author.made(f'{path}/replies', {'body': 'So there.'}))['id']}"


async def flags(place: Scene, who: Caller, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await who.read(f"/v1/journeys/{place.journey}/flags{query}"))[
        "items"
    ]
    return found


@pytest.mark.parametrize("target", TARGETS)
async def test_a_member_has_one_open_flag_on_a_thing_and_may_say_why_anew(
    world: World, target: str
) -> None:
    place = await scene(world)
    path, me = await said(place, target), place[Group.SUPPORT_STAFF]
    before = await place.revision()
    raised = (await me.post(f"{path}/flag", FLAG)).json()
    assert (raised["target_kind"], raised["status"], raised["outcome"]) == (target, "open", None)
    assert (await me.post(f"{path}/flag", FLAG)).json() == raised
    other = (await me.post(f"{path}/flag", {"reason": "spam"})).json()
    assert (other["id"], other["reason"], other["note"]) == (raised["id"], "spam", "")
    assert await me.read(f"/v1/flags/{raised['id']}") == other
    assert await place.verbs(before) == ["flag.raised"] * 2
    assert await flags(place, place.owner) == [other]
    assert await flags(place, place.owner, "?status=settled") == []
    assert code(await me.post(f"{path}/flag", {"reason": "boring"}), 400)


@pytest.mark.parametrize("target", TARGETS)
async def test_ones_own_words_are_not_flagged(world: World, target: str) -> None:
    place = await scene(world)
    path, author = await said(place, target), place[Group.FRONTLINE_STAFF]
    assert code(await author.post(f"{path}/flag", FLAG), 422) == "own_words"
    assert "flag_annotation" not in (await author.read(path))["may"]
    assert "flag_annotation" in (await place[Group.EXECUTIVE].read(path))["may"]


@pytest.mark.parametrize("target", TARGETS)
async def test_nobody_but_who_judges_and_who_raised_it_learns_of_a_flag(
    world: World, target: str
) -> None:
    place = await scene(world)
    path, me = await said(place, target), place[Group.SUPPORT_STAFF]
    moderator = await place.moderator()
    before = await place.revision()
    flag = (await me.post(f"{path}/flag", FLAG)).json()
    told = {"owner": place.owner, "moderator": moderator, "flagger": me}
    kept = {"author": place[Group.FRONTLINE_STAFF], "other": place[Group.EXECUTIVE]}
    for name, who in (told | kept).items():
        found = await who.get(f"/v1/flags/{flag['id']}")
        assert found.status_code == (200 if name in told else 404), name
        events = await who.read(f"/v1/journeys/{place.journey}/events?after={before}")
        wanted = "flag.raised" if name in told else None
        assert [event["verb"] for event in events["items"]] == [wanted], name
        for path_of in (f"journeys/{place.journey}", f"members/{me.member_id}"):
            happened = (await who.read(f"/v1/{path_of}/activity"))["items"]
            verbs = {one["verb"] for one in happened}
            assert ("flag.raised" in verbs) is (name in told), (name, path_of)
        listed = await who.get(f"/v1/journeys/{place.journey}/flags")
        assert listed.status_code == (200 if name in ("owner", "moderator") else 403), name
        assert (await who.read(path))["open_flags"] == (
            1 if name in ("owner", "moderator") else None
        )


@pytest.mark.parametrize("target", TARGETS)
async def test_nobody_judges_in_their_own_case(world: World, target: str) -> None:
    place = await scene(world)
    moderator = await place.moderator()
    path = await said(place, target, moderator)
    before = await place.revision()
    flag = (await place[Group.EXECUTIVE].post(f"{path}/flag", FLAG)).json()
    assert await flags(place, moderator) == []
    assert code(await moderator.get(f"/v1/flags/{flag['id']}"), 404) == "not_found"
    assert (await moderator.read(path))["open_flags"] is None
    log = await moderator.read(f"/v1/journeys/{place.journey}/moderation-log")
    assert log["items"] == []
    events = await moderator.read(f"/v1/journeys/{place.journey}/events?after={before}")
    assert [event["verb"] for event in events["items"]] == [None]
    for verb, body in (("approve", None), ("hide", {"reason": "x"})):
        assert code(await moderator.post(f"{path}/{verb}", body, **etag(1)), 403) == "forbidden"
    assert [one["id"] for one in await flags(place, place.owner)] == [flag["id"]]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("verb", "outcome", "status"), [("approve", "approved", None), ("hide", "hidden", "hidden")]
)
async def test_judging_settles_every_open_flag(
    world: World, target: str, verb: str, outcome: str, status: str | None
) -> None:
    place = await scene(world)
    path = await said(place, target)
    for group in (Group.SUPPORT_STAFF, Group.EXECUTIVE):
        assert (await place[group].post(f"{path}/flag", FLAG)).status_code == 200
    before = await place.revision()
    body = {"reason": "A name."} if verb == "hide" else None
    judged = await place.owner.post(f"{path}/{verb}", body, **etag(1))
    assert judged.status_code == 200, judged.text
    assert judged.json()["open_flags"] == 0
    assert judged.json()["status"] == (status or ("open" if target == "annotation" else "shown"))
    assert await flags(place, place.owner, "?status=open") == []
    settled = await flags(place, place.owner, "?status=settled")
    assert [(one["outcome"], one["settled_by"]) for one in settled] == [
        (outcome, str(place.owner.member_id))
    ] * 2
    done = f"{target}.{'approved' if verb == 'approve' else 'hidden'}"
    assert await place.verbs(before) == ["flag.settled", "flag.settled", done]


async def test_what_was_approved_and_edited_since_is_looked_at_anew(world: World) -> None:
    place = await scene(world)
    path, me = await said(place, "annotation"), place[Group.SUPPORT_STAFF]
    first = (await me.post(f"{path}/flag", FLAG)).json()
    approved = await place.owner.post(f"{path}/approve", **etag(1))
    again = await place.owner.post(f"{path}/approve", **etag(2))
    assert again.json() == approved.json()
    second = (await me.post(f"{path}/flag", FLAG)).json()
    assert second["id"] != first["id"]
    edited = await place[Group.FRONTLINE_STAFF].patch(path, {"body": "Other."}, **etag(2))
    assert edited.status_code == 200
    third = await place.owner.post(f"{path}/approve", **etag(3))
    assert third.json()["version"] == 4


@pytest.mark.parametrize("target", TARGETS)
async def test_of_hiding_and_approving_at_once_one_is_done(world: World, target: str) -> None:
    place = await scene(world)
    path = await said(place, target)
    assert (await place[Group.EXECUTIVE].post(f"{path}/flag", FLAG)).status_code == 200
    before = await place.revision()
    owner = place.owner.patient()
    replies = await asyncio.gather(
        *(owner.post(f"{path}/approve", **etag(1)) for _ in range(5)),
        *(owner.post(f"{path}/hide", {"reason": "x"}, **etag(1)) for _ in range(5)),
    )
    assert sorted(reply.status_code for reply in replies) == [200] + [412] * 9
    assert len(await place.verbs(before)) == 2
    [flag] = await flags(place, place.owner)
    state = (await place.owner.read(path))["status"]
    assert flag["outcome"] == ("hidden" if state == "hidden" else "approved")


async def test_flags_are_raised_where_all_is_closed_too(world: World) -> None:
    place = await scene(world)
    path = await said(place, "annotation")
    tag = (await place.owner.get(f"/v1/journeys/{place.journey}")).headers["etag"]
    locked = await place.owner.post(f"/v1/journeys/{place.journey}/lock", If_Match=tag)
    assert locked.status_code == 200
    assert (await place[Group.EXECUTIVE].post(f"{path}/flag", FLAG)).status_code == 200
    assert (await place.owner.post(f"{path}/approve", **etag(1))).status_code == 200


async def test_a_moderator_learns_of_no_flag_on_what_was_said_to_fewer(world: World) -> None:
    place = await scene(world)
    moderator = await place.moderator()
    path = await said(place, "reply", visibility="my_group")
    peer = await place.org.member(Group.FRONTLINE_STAFF)
    assert (await peer.post(f"{path}/flag", FLAG)).status_code == 200
    assert await flags(place, moderator) == []
    log = await moderator.read(f"/v1/journeys/{place.journey}/moderation-log")
    assert log["items"] == []
    assert code(await moderator.post(f"{path}/flag", FLAG), 404) == "not_found"


async def logged(place: Scene) -> list[dict[str, Any]]:
    """The moderation log, page by page."""
    seen, after = [], ""
    while True:
        log = f"/v1/journeys/{place.journey}/moderation-log?limit=2{after}"
        page = await place.owner.read(log)
        seen += page["items"]
        if page["next_cursor"] is None:
            return seen
        after = f"&cursor={page['next_cursor']}"


async def test_the_log_says_what_moderators_did_newest_first(world: World) -> None:
    place = await scene(world)
    path, me = await said(place, "annotation"), place[Group.SUPPORT_STAFF]
    target = path.rsplit("/", 1)[-1]
    assert (await me.post(f"{path}/flag", FLAG)).status_code == 200
    assert (await place.owner.post(f"{path}/approve", **etag(1))).status_code == 200
    hide = {"reason": "Names a customer."}
    assert (await place.owner.post(f"{path}/hide", hide, **etag(2))).status_code == 200
    assert (await place.owner.post(f"{path}/show", **etag(3))).status_code == 200
    reply = await said(place, "reply")
    assert (await place.owner.post(f"{reply}/hide", hide, **etag(1))).status_code == 200
    seen = await logged(place)
    told = [
        (one["verb"], one["target_kind"], one["old_status"], one["new_status"], one["reason"])
        for one in seen
    ]
    assert told == [
        ("reply.hidden", "reply", "shown", "hidden", "Names a customer."),
        ("annotation.shown", "annotation", "hidden", "open", ""),
        ("annotation.hidden", "annotation", "open", "hidden", "Names a customer."),
        ("annotation.approved", "annotation", "open", "open", ""),
        ("flag.settled", "annotation", "open", "approved", "personal_data"),
        ("flag.raised", "annotation", None, "open", "personal_data"),
    ]
    assert {one["target_id"] for one in seen[1:]} == {target}
    assert (seen[-1]["note"], seen[-1]["actor_id"]) == (FLAG["note"], str(me.member_id))
    revisions = [one["revision"] for one in seen]
    assert revisions == sorted(revisions, reverse=True)
    refused = await me.get(f"/v1/journeys/{place.journey}/moderation-log")
    assert code(refused, 403) == "forbidden"


async def test_the_words_of_a_flag_and_of_hiding_go_with_who_wrote_them(world: World) -> None:
    place = await scene(world)
    moderator = await place.moderator()
    path, reply = await said(place, "annotation"), await said(place, "reply")
    flag = (await moderator.post(f"{path}/flag", FLAG)).json()
    hide = {"reason": "Canary says so."}
    assert (await moderator.post(f"{reply}/hide", hide, **etag(1))).status_code == 200
    erased = f"/v1/members/{moderator.member_id}/erase"
    assert (await place.owner.post(erased, **etag(1))).status_code == 200
    assert (await place.owner.read(f"/v1/flags/{flag['id']}"))["note"] == ""
    assert (await place.owner.read(reply))["hidden_reason"] == ""
    log = await place.owner.read(f"/v1/journeys/{place.journey}/moderation-log")
    assert {(one["reason"], one["note"]) for one in log["items"]} == {("", "")}
    assert {"flag.erased", "reply.erased"} <= set(await place.verbs())
