"""Speaking for one's group: nobody is told who, and nothing one does says it by accident."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import Caller, World

F, S, D, X = Group
UNNAMED = {
    "voice": "group",
    "author_id": None,
    "author_name": None,
    "author_title": None,
    "author_group": "frontline_staff",
}


async def stage(world: World, **fields: Any) -> Scene:
    return await scene(world, group_voice=True, **fields)


async def unnamed(place: Scene, who: Caller, **fields: Any) -> dict[str, Any]:
    return await place.say(who, voice="group", **fields)


def path(said: dict[str, Any]) -> str:
    return f"/v1/annotations/{said['id']}"


async def test_others_see_the_group_and_the_author_knows_their_own(world: World) -> None:
    place = await stage(world)
    ann = place[F]
    said = await unnamed(place, ann)
    assert (await place.entries())[-1]["actor_kind"] == "hidden"
    assert UNNAMED.items() <= said.items()
    assert said["mine"] is True
    for reader in (place[S], place[D], place[X], place.owner, await place.moderator()):
        seen = await reader.read(path(said))
        assert UNNAMED.items() <= seen.items()
        assert seen["mine"] is False
    assert (await ann.read(path(said)))["mine"] is True


async def test_by_name_everybody_is_told_who(world: World) -> None:
    place = await stage(world)
    said = await place.say(place[F])
    seen = await place[S].read(path(said))
    told = {"voice": "member", "author_id": str(place[F].member_id), "mine": False}
    assert told.items() <= seen.items()
    assert (seen["author_name"], seen["author_title"]) == ("frontline_staff person", "")
    of_reader = {"mine": False, "may": [], "unread": True}
    assert {**said, **of_reader} == {**seen, **of_reader}


async def test_only_where_the_journey_lets_them(world: World) -> None:
    place = await scene(world)
    body = {"subject_id": str(place.touchpoint), "kind": "issue", "body": "x", "voice": "group"}
    refused = await place[F].post("/v1/annotations", body)
    assert code(refused, 422) == "group_voice_off"
    assert refused.json()["errors"][0]["pointer"] == "#/voice"
    said = await place.say(place[F])
    reply = await place[F].post(f"{path(said)}/replies", {"body": "x", "voice": "group"})
    assert code(reply, 422) == "group_voice_off"


async def test_the_owner_lets_them_and_stops_it(world: World) -> None:
    place = await scene(world)
    journey = f"/v1/journeys/{place.journey}"
    assert (await place.owner.read(journey))["group_voice"] is False
    on = await place.owner.patch(journey, {"group_voice": True}, **etag(1))
    assert on.json()["group_voice"] is True
    head = (await place[F].read(f"{journey}/map"))["journey"]
    assert head["group_voice"] is True
    said = await unnamed(place, place[F])
    off = await place.owner.patch(journey, {"group_voice": False}, **etag(2))
    assert off.status_code == 200
    # What was said stays; an answer that says nothing of its voice must not disclose it.
    silent = await place[F].post(f"{path(said)}/replies", {"body": "More."})
    assert code(silent, 422) == "group_voice_off"
    edited = await place[F].patch(path(said), {"body": "Far too long."}, **etag(1))
    assert (edited.status_code, edited.json()["author_id"]) == (200, None)


async def test_whoever_speaks_for_a_group_attributes_nothing(world: World) -> None:
    place = await stage(world)
    body = {"subject_id": str(place.touchpoint), "kind": "issue", "body": "x"}
    body |= {"voice": "group", "attributed_to": "a guest"}
    refused = await place[F].post("/v1/annotations", body)
    assert code(refused, 422) == "attributed_group_voice"
    assert refused.json()["errors"][0]["pointer"] == "#/attributed_to"


async def test_what_the_author_does_to_it_is_told_without_a_name(world: World) -> None:
    place = await stage(world)
    ann, said = place[F], await unnamed(place, place[F])
    before = await place.revision()
    assert (await ann.patch(path(said), {"body": "So."}, **etag(1))).status_code == 200
    assert (await ann.post(f"{path(said)}/withdraw")).status_code == 200
    assert (await ann.read(path(said)))["body"] == "So."
    assert (await place.owner.read(path(said)))["body"] is None
    assert (await ann.post(f"{path(said)}/restore")).status_code == 200
    ended = await place.owner.post(f"{path(said)}/resolve", {"resolution": "fixed"}, **etag(4))
    assert ended.json()["closed_as"] == "fixed"
    again = await ann.post(f"{path(said)}/reopen", **etag(5))
    assert again.json()["closed_as"] is None
    told = [row for row in await place.entries() if row["revision"] > before]
    assert [row["actor_kind"] for row in told] == ["hidden", "hidden", "hidden", "member", "hidden"]
    revisions = (await place.owner.read(f"{path(said)}/revisions"))["items"]
    assert [one["actor_id"] for one in revisions if one["verb"] != "annotation.resolved"] == [
        None
    ] * 5
    assert [one["body"] for one in (await ann.read(f"{path(said)}/revisions"))["items"]] == [
        "Too long.", "So.", "So.", "So.", "So.", "So.",
    ]  # fmt: skip


async def test_nobody_else_may_do_what_authors_do(world: World) -> None:
    place = await stage(world)
    said = await unnamed(place, place[F])
    other = await place.org.member(F)
    for who in (other, place.owner, await place.moderator()):
        refused = await who.patch(path(said), {"body": "Mine."}, **etag(1))
        assert code(refused, 403) == "forbidden"
        assert "edit_annotation" not in (await who.read(path(said)))["may"]
    assert "edit_annotation" in (await place[F].read(path(said)))["may"]
    hidden = await place.owner.post(f"{path(said)}/hide", {"reason": "Rude."}, **etag(1))
    assert hidden.json()["author_id"] is None


async def test_answers_of_the_author_go_on_without_a_name(world: World) -> None:
    place = await stage(world)
    ann, said = place[F], await unnamed(place, place[F])
    replies = f"{path(said)}/replies"
    went_on = await ann.made(replies, {"body": "And again."})
    assert UNNAMED.items() <= went_on.items()
    named = await ann.made(replies, {"body": "It was me.", "voice": "member"})
    assert named["author_id"] == str(ann.member_id)
    other = await place[S].made(replies, {"body": "Indeed."})
    assert other["voice"] == "member"
    seen = (await place.owner.read(replies))["items"]
    assert [one["author_id"] for one in seen] == [None, named["author_id"], other["author_id"]]
    assert [one["mine"] for one in (await ann.read(replies))["items"]] == [True, True, False]
    entries = (await place.entries())[-3:]
    assert [row["actor_kind"] for row in entries] == ["hidden", "member", "member"]


async def test_a_list_by_author_finds_them_for_the_author_alone(world: World) -> None:
    place = await stage(world)
    ann = place[F]
    said, named = await unnamed(place, ann), await place.say(ann)
    query = f"/v1/annotations?author={ann.member_id}"
    assert [one["id"] for one in (await ann.read(query))["items"]] == [named["id"], said["id"]]
    for reader in (place.owner, place[S], await place.moderator()):
        assert [one["id"] for one in (await reader.read(query))["items"]] == [named["id"]]


@pytest.mark.parametrize(("colleagues", "told"), [(1, False), (2, True)])
async def test_a_department_is_told_where_enough_stand_in_it(
    world: World, colleagues: int, told: bool
) -> None:
    place = await stage(world)
    made = await place.org.admin.made("/v1/departments", {"name": "Support"})
    team = [await place.org.member(F, department_id=made["id"]) for _ in range(colleagues + 1)]
    await place.org.member(S, department_id=made["id"])
    said = await unnamed(place, team[0])
    seen = await place.owner.read(path(said))
    assert seen["author_department_id"] == (made["id"] if told else None)
    assert seen["author_department_name"] == ("Support" if told else None)
    assert said["author_department_name"] == seen["author_department_name"]


@pytest.mark.parametrize("visibility", ["everyone", "leadership", "private"])
async def test_nothing_by_name_that_only_the_author_could_do(world: World, visibility: str) -> None:
    place = await stage(world)
    ann = place[F]
    said = await unnamed(place, ann, visibility=visibility)
    up = await ann.post(f"{path(said)}/escalate", {"reason": "Stuck."})
    assert code(up, 409) == "would_name_you"
    by_name: list[tuple[str, str, Any]] = [
        ("PUT", "support", None),
        ("POST", "assign", {"member_id": str(ann.member_id)}),
        ("POST", "replies", {"body": "Me.", "voice": "member"}),
    ]
    may = set((await ann.read(path(said)))["may"])
    assert may >= {"edit_annotation", "withdraw_annotation", "reply"}
    assert "escalate" not in may
    assert ("support" in may) is ("assign_thread" in may) is (visibility == "everyone")
    assert set(said["may"]) == may
    for method, act, body in by_name:
        reply = await ann.call(method, f"{path(said)}/{act}", body, **etag(1))
        if visibility == "everyone":
            assert reply.status_code < 300, reply.text
        else:
            assert code(reply, 409) == "would_name_you"


async def test_whoever_may_escalate_for_another_reason_does_so_by_name(world: World) -> None:
    place = await stage(world)
    boss = place[D]
    said = await unnamed(place, boss)
    await place.org.member(X)
    assert "escalate" in said["may"]
    up = await boss.post(f"{path(said)}/escalate", {"reason": "Stuck."})
    assert up.status_code == 201, up.text


async def test_what_others_try_does_not_find_the_author(world: World) -> None:
    """Assigning it and escalating it come out the same for the author as for anybody else."""
    place = await stage(world)
    ann, other = place[F], await place.org.member(F)
    said = await unnamed(place, ann, visibility="leadership")
    found = []
    for who in (ann, other):
        reply = await place.owner.post(
            f"{path(said)}/assign", {"member_id": str(who.member_id)}, **etag(1)
        )
        found.append(code(reply, 422))
        mentioned = {"body": f"@[member:{who.member_id}] look"}
        reply = await place.owner.post(f"{path(said)}/replies", mentioned)
        found.append(code(reply, 422))
    assert found == ["assignee_cannot_see", "mention_cannot_see"] * 2


@pytest.mark.parametrize(("visibility", "status"), [("everyone", 200), ("leadership", 409)])
async def test_an_editor_moves_only_what_others_would_see_in_their_place(
    world: World, visibility: str, status: int
) -> None:
    place = await stage(world)
    editor = place[F]
    grant = {"role": "editor", "member_id": str(editor.member_id)}
    await place.owner.made(f"/v1/journeys/{place.journey}/grants", grant)
    said = await unnamed(place, editor, visibility=visibility)
    to = {"subject_id": str(place.stage)}
    moved = await editor.post(f"{path(said)}/reanchor", to, **etag(1))
    assert moved.status_code == status, moved.text
    assert status == 200 or moved.json()["code"] == "would_name_you"
