"""Mentions: only whom it reaches, remembered as written, told by the names of today."""

from typing import Any

import pytest

from domain.ids import new_id
from domain.roles import Group
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import Caller, World

F, S, D, X = Group
NOBODY: dict[str, list[Any]] = {"members": [], "departments": [], "groups": []}


def member(who: Caller) -> str:
    return f"@[member:{who.member_id}]"


async def unit(place: Scene, name: str = "Claims") -> str:
    made: str = (await place.org.admin.made("/v1/departments", {"name": name}))["id"]
    return made


def refused(reply: Any) -> str:
    """The code of a refusal that points at the words."""
    found = code(reply, 422)
    assert {error["pointer"] for error in reply.json()["errors"]} == {"#/body"}
    return found


async def test_whoever_is_mentioned_is_told_by_name(world: World) -> None:
    place = await scene(world)
    claims = await unit(place)
    await place.org.member(F, department_id=claims)
    ann = await place.org.member(F, name="Ann <b>")
    body = f"Ask {member(ann)} of @[department:{claims}] and @[group:support_staff]. {member(ann)}"
    told = {
        "members": [{"id": str(ann.member_id), "name": "Ann <b>"}],
        "departments": [{"id": claims, "name": "Claims"}],
        "groups": ["support_staff"],
    }
    html = (
        f'<p>Ask <span class="mention" data-member="{ann.member_id}">@Ann &lt;b&gt;</span> of'
        f' <span class="mention" data-department="{claims}">@Claims</span> and'
        ' <span class="mention" data-group="support_staff">@support staff</span>.'
        f' <span class="mention" data-member="{ann.member_id}">@Ann &lt;b&gt;</span></p>\n'
    )
    said = await place.say(place[S], body=body)
    path = f"/v1/annotations/{said['id']}"
    answer = await place[D].made(f"{path}/replies", {"body": body})
    seen = await place.owner.read(path)
    listed = (await place.owner.read(f"{path}/replies"))["items"][0]
    for one in (said, answer, seen, listed, seen["last_replies"][0]):
        assert (one["body"], one["mentions"], one["body_html"]) == (body, told, html)


async def test_names_are_those_of_today(world: World) -> None:
    place = await scene(world)
    claims, ann = await unit(place), await place.org.member(F, name="Ann")
    await place.org.member(F, department_id=claims)
    said = await place.say(place[S], body=f"{member(ann)} @[department:{claims}]")
    path = f"/v1/departments/{claims}"
    assert (await place.org.admin.patch(path, {"name": "Care"}, **etag(1))).status_code == 200
    erased = await place.org.admin.post(f"/v1/members/{ann.member_id}/erase", **etag(1))
    assert erased.status_code == 200, erased.text
    seen = await place.owner.read(f"/v1/annotations/{said['id']}")
    assert [one["name"] for one in seen["mentions"]["members"]] == [""]
    assert [one["name"] for one in seen["mentions"]["departments"]] == ["Care"]
    assert "@former member</span>" in seen["body_html"]
    assert "@Care</span>" in seen["body_html"]


async def test_an_edit_mentions_anew_and_keeps_who_was_mentioned(world: World) -> None:
    place = await scene(world)
    gone, ann, author = await place.org.member(F), await place.org.member(F), place[S]
    said = await place.say(author, body=member(gone))
    erased = await place.org.admin.post(f"/v1/members/{gone.member_id}/erase", **etag(1))
    assert erased.status_code == 200
    path = f"/v1/annotations/{said['id']}"
    both = await author.patch(path, {"body": f"{member(gone)} {member(ann)}"}, **etag(1))
    ids = {one["id"] for one in both.json()["mentions"]["members"]}
    assert ids == {str(gone.member_id), str(ann.member_id)}
    other = await author.patch(path, {"kind": "idea"}, **etag(2))
    assert len(other.json()["mentions"]["members"]) == 2
    none = await author.patch(path, {"body": "Nobody."}, **etag(3))
    assert none.json()["mentions"] == NOBODY
    again = await author.patch(path, {"body": member(gone)}, **etag(4))
    assert refused(again) == "unknown_member"


@pytest.mark.parametrize(
    ("visibility", "seeing"),
    [("everyone", set(Group)), ("my_group", {S}), ("leadership", {D, X}), ("private", set())],
)
async def test_only_those_who_see_it_are_mentioned(
    world: World, visibility: str, seeing: set[Group]
) -> None:
    place = await scene(world)
    body = {"subject_id": str(place.touchpoint), "kind": "issue", "visibility": visibility}
    for group in Group:
        claims = await unit(place, f"Unit of {group}")
        inside = await place.org.member(group, department_id=claims)
        tokens = (member(inside), f"@[department:{claims}]", f"@[group:{group.value}]")
        for token in tokens:
            reply = await place[S].post("/v1/annotations", {**body, "body": token})
            if group in seeing:
                assert reply.status_code == 201, reply.text
            else:
                assert refused(reply) == "mention_cannot_see"


async def test_an_answer_reaches_whom_its_thread_does(world: World) -> None:
    place = await scene(world)
    said = await place.say(place[D], visibility="leadership")
    path = f"/v1/annotations/{said['id']}/replies"
    assert refused(await place[X].post(path, {"body": member(place[F])})) == "mention_cannot_see"
    assert (await place[X].post(path, {"body": member(place[D])})).status_code == 201


async def test_whoever_wrote_it_by_name_sees_it_and_is_mentioned(world: World) -> None:
    place = await scene(world)
    said = await place.say(place[F], visibility="leadership")
    path = f"/v1/annotations/{said['id']}/replies"
    assert (await place[X].post(path, {"body": member(place[F])})).status_code == 201


async def test_nobody_is_mentioned_who_does_not_see_the_journey(world: World) -> None:
    place = await scene(world, restricted=True)
    body = {"subject_id": str(place.touchpoint), "kind": "issue", "body": member(place[F])}
    assert refused(await place.owner.post("/v1/annotations", body)) == "mention_cannot_see"
    grant = {"role": "participant", "member_id": str(place[F].member_id)}
    await place.owner.made(f"/v1/journeys/{place.journey}/grants", grant)
    assert (await place.owner.post("/v1/annotations", body)).status_code == 201


@pytest.mark.parametrize(
    ("token", "wrong"),
    [
        ("@[member:{}]", "unknown_member"),
        ("@[department:{}]", "unknown_department"),
    ],
)
async def test_nobody_is_mentioned_who_is_not_there(world: World, token: str, wrong: str) -> None:
    place, elsewhere = await scene(world), await world.organization()
    strangers = {"member": str(elsewhere.admin.member_id)}
    for id_ in (str(new_id()), strangers["member"]):
        body = {"subject_id": str(place.touchpoint), "kind": "issue", "body": token.format(id_)}
        assert refused(await place[F].post("/v1/annotations", body)) == wrong


async def test_twenty_are_mentioned_at_the_most(world: World) -> None:
    place = await scene(world)
    team = [await place.org.member(F) for _ in range(20)]
    all_of_them = "".join(map(member, team))
    said = await place.say(place[S], body=all_of_them)
    assert len(said["mentions"]["members"]) == 20
    body = {"subject_id": str(place.touchpoint), "kind": "issue"}
    more = {**body, "body": all_of_them + "@[group:executive]"}
    assert refused(await place[S].post("/v1/annotations", more)) == "many_mentions"


async def test_withdrawn_words_mention_nobody(world: World) -> None:
    place = await scene(world)
    said = await place.say(place[F], body=member(place[S]))
    path = f"/v1/annotations/{said['id']}"
    assert (await place[F].post(f"{path}/withdraw")).status_code == 200
    seen = await place.owner.read(path)
    assert (seen["body"], seen["body_html"], seen["mentions"]) == (None, None, NOBODY)
    assert len((await place[F].read(path))["mentions"]["members"]) == 1


async def test_a_mention_in_an_answer_to_a_request_is_pointed_at(world: World) -> None:
    place = await scene(world)
    asked = {
        "subject_id": str(place.touchpoint),
        "questions": ["How long?"],
        "members": [str(place[F].member_id)],
        "due_at": "2040-01-01T00:00:00Z",
    }
    request = await place.owner.made(f"/v1/journeys/{place.journey}/input-requests", asked)
    answer = {"annotations": [{"kind": "issue", "body": f"@[member:{new_id()}]"}]}
    reply = await place[F].post(f"/v1/input-requests/{request['id']}/answer", answer)
    assert code(reply, 422) == "unknown_member"
    assert reply.json()["errors"][0]["pointer"] == "#/annotations/0/body"
