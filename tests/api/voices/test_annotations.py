"""Annotations through HTTP: writing, finding, editing, and their history."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.roles import Group
from tests.api.voices.scene import code, etag, scene
from tests.world import Caller, World


async def ids(who: Caller, query: str) -> list[str]:
    return [item["id"] for item in (await who.read(f"/v1/annotations?{query}"))["items"]]


async def test_what_is_written_is_what_is_read(world: World) -> None:
    place = await scene(world)
    ann = place[Group.FRONTLINE_STAFF]
    said = await place.say(ann, body="Too long.", visibility="my_group", attributed_to="a guest")
    path = f"/v1/annotations/{said['id']}"
    reply = await ann.get(path)
    assert reply.json() == said
    assert reply.headers["etag"].startswith('"1-')
    assert (await ann.read(f"/v1/annotations?journey={place.journey}"))["items"] == [said]
    assert said["author_id"] == str(ann.member_id)
    assert said["touchpoint_id"] == str(place.touchpoint)
    assert said["may"] == [
        "edit_annotation", "withdraw_annotation", "assign_thread", "escalate", "reply", "support",
        "react",
    ]  # fmt: skip
    assert (await place.entries())[-1]["actor_id"] == ann.member_id
    assert await place.verbs() == [*(await place.verbs())[:-1], "annotation.written"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("journey={journey}", "issue idea stage"),
        ("subject={touchpoint}", "issue idea"),
        ("under={touchpoint}", "issue idea"),
        ("under={stage}", "issue idea stage"),
        ("under={journey}", "issue idea stage"),
        ("under={somebody}", ""),
        ("journey={journey}&kind=issue", "issue"),
        ("journey={journey}&kind=issue&kind=idea", "issue idea"),
        ("journey={journey}&status=open", "idea stage"),
        ("journey={journey}&status=resolved&status=open", "issue idea stage"),
        ("journey={journey}&status=withdrawn", ""),
        ("journey={journey}&group=executive", "idea"),
        ("author={somebody}", "issue stage"),
        ("assignee={somebody}", "idea"),
        ("author={somebody}&under={touchpoint}&subject={touchpoint}", "issue"),
        ("department={somebody}", ""),
    ],
)
async def test_each_filter_narrows_the_list(world: World, query: str, found: str) -> None:
    place = await scene(world)
    ann, eve = place[Group.FRONTLINE_STAFF], place[Group.EXECUTIVE]
    made: dict[str, dict[str, Any]] = {
        "issue": await place.say(ann),
        "idea": await place.say(eve, kind="idea"),
        "stage": await place.say(ann, subject_id=str(place.stage), kind="praise"),
    }
    took = f"/v1/annotations/{made['idea']['id']}/assign"
    assert (await ann.post(took, {"member_id": str(ann.member_id)}, **etag(1))).status_code == 200
    ends = f"/v1/annotations/{made['issue']['id']}/resolve"
    ended = await place.owner.post(ends, {"resolution": "fixed"}, **etag(1))
    assert ended.status_code == 200
    named = query.format(
        journey=place.journey,
        touchpoint=place.touchpoint,
        stage=place.stage,
        somebody=ann.member_id,
    )
    wanted = [made[name]["id"] for name in reversed(found.split())]
    assert await ids(eve, named) == wanted


async def test_pages_stay_whole_while_others_write(world: World) -> None:
    place = await scene(world)
    ann = place[Group.FRONTLINE_STAFF]
    before = [(await place.say(ann, body=f"{n}"))["id"] for n in range(7)]
    seen: list[str] = []
    path = query = f"/v1/annotations?subject={place.touchpoint}&limit=2"
    while path:
        page = await ann.read(path)
        seen += [item["id"] for item in page["items"]]
        await place.say(ann, body="meanwhile")
        path = page["next_cursor"] and f"{query}&cursor={page['next_cursor']}"
    assert seen == before[::-1]


async def test_a_cursor_of_another_list_is_refused(world: World) -> None:
    place = await scene(world)
    ann = place[Group.FRONTLINE_STAFF]
    for _ in range(2):
        said = await place.say(ann)
    page = await ann.read(f"/v1/annotations?journey={place.journey}&limit=1")
    for path in (
        f"/v1/annotations?journey={place.journey}&kind=idea&limit=1",
        f"/v1/annotations/{said['id']}/replies?limit=1",
        f"/v1/annotations/{said['id']}/revisions?limit=1",
    ):
        refused = await ann.get(f"{path}&cursor={page['next_cursor']}")
        assert code(refused, 400) == "invalid_cursor"
        assert refused.json()["errors"][0]["parameter"] == "cursor"


async def test_editing_keeps_what_was_said_before(world: World) -> None:
    place = await scene(world)
    ann, eve = place[Group.FRONTLINE_STAFF], place[Group.EXECUTIVE]
    said = await place.say(ann, body="One hour.", visibility="my_group")
    path = f"/v1/annotations/{said['id']}"
    started = datetime.now(UTC)
    edited = await ann.patch(path, {"body": "Two hours.", "visibility": "everyone"}, **etag(1))
    assert edited.status_code == 200
    assert edited.headers["etag"] == '"2"'
    assert datetime.fromisoformat(edited.json()["edited_at"]) >= started
    assert edited.json() == await ann.read(path)
    history = (await ann.read(f"{path}/revisions"))["items"]
    assert [(one["version"], one["verb"], one["body"]) for one in history] == [
        (1, "annotation.written", "One hour."),
        (2, "annotation.edited", "Two hours."),
    ]
    assert {one["actor_id"] for one in history} == {str(ann.member_id)}
    # What was said to fewer people stays with them.
    told = (await eve.read(f"{path}/revisions"))["items"]
    assert [one["body"] for one in told] == [None, "Two hours."]
    first = await eve.read(f"{path}/revisions?limit=1")
    rest = await eve.read(f"{path}/revisions?limit=1&cursor={first['next_cursor']}")
    assert [*first["items"], *rest["items"]] == told
    assert rest["next_cursor"] is None


async def test_an_edit_that_changes_nothing_leaves_no_trace(world: World) -> None:
    place = await scene(world)
    ann = place[Group.FRONTLINE_STAFF]
    said = await place.say(ann)
    before = await place.revision()
    same = {"body": said["body"], "kind": said["kind"]}
    reply = await ann.patch(f"/v1/annotations/{said['id']}", same, **etag(1))
    assert reply.json() == said
    assert await place.revision() == before


async def test_an_edit_is_refused_in_words_that_help(world: World) -> None:
    place = await scene(world)
    ann = place[Group.FRONTLINE_STAFF]
    said = await place.say(ann)
    path = f"/v1/annotations/{said['id']}"
    assert code(await ann.patch(path, {"body": "x"}), 428) == "precondition_required"
    stale = await ann.patch(path, {"body": "x"}, **etag(9))
    assert code(stale, 412) == "stale"
    assert stale.headers["etag"] == '"1"'
    for body, pointer in (
        ({"body": " "}, "#/body"),
        ({"body": "x" * 10_001}, "#/body"),
        ({"kind": "rant"}, "#/kind"),
        ({"visibility": None}, "#/visibility"),
        ({"author_id": str(ann.member_id)}, "#/author_id"),
    ):
        reply = await ann.patch(path, body, **etag(1))
        assert code(reply, 400)
        assert reply.json()["errors"][0]["pointer"] == pointer
    assert code(await place.owner.patch(path, {"body": "x"}, **etag(1)), 403) == "forbidden"


async def test_a_persona_is_spoken_about_in_a_journey_it_is_on(world: World) -> None:
    place = await scene(world)
    made = {name: await place.owner.made("/v1/personas", {"name": name}) for name in ("on", "off")}
    await place.put_on_journey(made["on"]["id"])
    ann = place[Group.FRONTLINE_STAFF]
    said = {"kind": "idea", "body": "More of them."}
    about = said | {"subject_id": made["on"]["id"]}
    reply = await ann.post("/v1/annotations", about)
    assert code(reply, 422) == "journey_required"
    assert reply.json()["errors"][0]["pointer"] == "#/journey_id"
    found = await ann.made("/v1/annotations", about | {"journey_id": str(place.journey)})
    assert found["journey_id"] == str(place.journey)
    assert found == await ann.read(f"/v1/annotations/{found['id']}")
    elsewhere = said | {"subject_id": made["off"]["id"], "journey_id": str(place.journey)}
    assert code(await ann.post("/v1/annotations", elsewhere), 422) == "persona_elsewhere"
    other = await place.org.journey()
    wrong = said | {"subject_id": str(place.stage), "journey_id": str(other)}
    assert code(await ann.post("/v1/annotations", wrong), 404) == "not_found"
    right = said | {"subject_id": str(place.stage), "journey_id": str(place.journey)}
    assert (await ann.post("/v1/annotations", right)).status_code == 201


async def test_only_what_is_there_and_can_be_spoken_about_is_annotated(world: World) -> None:
    place = await scene(world)
    ann = place[Group.FRONTLINE_STAFF]
    said = await place.say(ann)
    body = {"kind": "idea", "body": "x"}
    about = await ann.post("/v1/annotations", body | {"subject_id": said["id"]})
    assert code(about, 422) == "not_annotatable"
    assert about.json()["errors"][0]["pointer"] == "#/subject_id"
    gone = await place.owner.delete(f"/v1/stages/{place.stage}", **etag(1))
    assert gone.status_code == 204
    for subject in (place.stage, place.touchpoint):
        reply = await ann.post("/v1/annotations", body | {"subject_id": str(subject)})
        assert code(reply, 404) == "not_found"
    assert (await ann.get(f"/v1/annotations/{said['id']}")).status_code == 200


async def test_nothing_is_said_in_a_journey_that_is_not_open(world: World) -> None:
    place = await scene(world, status="archived")
    ann = place[Group.FRONTLINE_STAFF]
    body = {"subject_id": str(place.touchpoint), "kind": "idea", "body": "x"}
    assert code(await ann.post("/v1/annotations", body), 403) == "forbidden"
    rating = await ann.put(f"/v1/touchpoints/{place.touchpoint}/ratings/me", {"emotional": 3})
    assert code(rating, 403) == "forbidden"
