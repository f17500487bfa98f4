"""Giving an annotation another subject: by editors, within its journey, for good."""

from domain.roles import Group
from tests.api.maps.drawing import Drawing, Thing, assert_asks_version, assert_only_editors, drawing
from tests.api.maps.events import verbs
from tests.world import Caller, World


async def say(drawn: Drawing, who: Caller, **fields: str) -> Thing:
    body = {"subject_id": drawn.touchpoints[0]["id"], "kind": "issue", "body": "x"} | fields
    return await who.made("/v1/annotations", body)


async def remove(drawn: Drawing) -> None:
    path = f"/v1/touchpoints/{drawn.touchpoints[0]['id']}"
    assert (await drawn.owner.delete(path, If_Match='"1"')).status_code == 204


def path_of(said: Thing) -> str:
    return f"/v1/annotations/{said['id']}/reanchor"


async def test_an_orphan_finds_a_new_place_and_stays_there(world: World) -> None:
    drawn = await drawing(world)
    call, visit = drawn.touchpoints
    ann = await drawn.org.member(Group.FRONTLINE_STAFF)
    said = await say(drawn, ann)
    await drawn.owner.made(f"/v1/annotations/{said['id']}/replies", {"body": "y"})
    await remove(drawn)
    moved = await drawn.owner.post(path_of(said), {"subject_id": visit["id"]}, If_Match='"1"')
    assert (moved.status_code, moved.headers["etag"]) == (200, '"2"')
    told = moved.json()
    assert (told["subject_id"], told["touchpoint_id"]) == (visit["id"], visit["id"])
    assert (told["anchored_from_id"], told["orphaned"]) == (call["id"], False)
    assert told["anchor"]["path"] == ["I try it", "Before", "Visit"]
    assert (told["reply_count"], told["body"]) == (1, "x")
    assert (await verbs(drawn.org, drawn.journey))[-1] == "annotation.reanchored"
    assert (await drawn.owner.post(f"/v1/subjects/{call['id']}/restore")).status_code == 200
    threads = {one["name"]: one["threads"]["open"] for one in (await drawn.map())["touchpoints"]}
    assert threads == {"Call": 0, "Visit": 1}
    at_visit = await ann.read(f"/v1/annotations?under={visit['id']}")
    assert [one["id"] for one in at_visit["items"]] == [said["id"]]


async def test_it_remembers_the_first_subject_until_it_is_back_there(world: World) -> None:
    drawn = await drawing(world)
    call, visit = drawn.touchpoints
    said = await say(drawn, drawn.owner)
    for version, (subject, first) in enumerate(
        (
            (visit["id"], call["id"]),
            (drawn.stages[1]["id"], call["id"]),
            (call["id"], None),
        ),
        start=1,
    ):
        body = {"subject_id": subject}
        told = (await drawn.owner.post(path_of(said), body, If_Match=f'"{version}"')).json()
        assert (told["anchored_from_id"], told["subject_id"]) == (first, subject)
    same = await drawn.owner.post(path_of(said), {"subject_id": call["id"]}, If_Match='"4"')
    assert same.json()["version"] == 4


async def test_its_event_names_both_places(world: World) -> None:
    drawn = await drawing(world)
    call, visit = (one["id"] for one in drawn.touchpoints)
    ann = await drawn.org.member(Group.FRONTLINE_STAFF)
    ben = await drawn.org.member(Group.SUPPORT_STAFF)
    said = await say(drawn, ann)
    before = (await drawn.map())["revision"]
    await drawn.owner.post(path_of(said), {"subject_id": visit}, If_Match='"1"')
    edited = await ann.patch(
        f"/v1/annotations/{said['id']}", {"visibility": "my_group"}, If_Match='"2"'
    )
    assert edited.status_code == 200, edited.text
    path = f"/v1/journeys/{drawn.journey}/events?after={before}"
    told = {
        name: [
            (e["touchpoint_id"], e["from_touchpoint_id"]) for e in (await who.read(path))["items"]
        ]
        for name, who in (("author", ann), ("another", ben))
    }
    assert told == {
        "author": [(visit, call), (visit, visit)],
        "another": [(None, call), (None, visit)],
    }


async def test_where_it_may_go(world: World) -> None:
    drawn, elsewhere = await drawing(world), await drawing(world)
    said = await say(drawn, drawn.owner)
    other = await drawn.org.journey()
    stage = await drawn.owner.made(f"/v1/journeys/{other}/stages", {"name": "There"})
    gone = await drawn.touchpoint("Gone")
    await drawn.owner.delete(f"/v1/touchpoints/{gone['id']}", If_Match='"1"')
    persona = await drawn.owner.made("/v1/personas", {"name": "Ada"})
    refused = (stage, gone, persona, said, elsewhere.stages[0], {"id": str(drawn.org.id)})
    for target in refused:
        reply = await drawn.owner.post(path_of(said), {"subject_id": target["id"]}, If_Match='"1"')
        assert (reply.status_code, reply.json()["code"]) == (422, "unknown_subject"), target
        assert reply.json()["errors"][0]["pointer"] == "#/subject_id"
    body = {"persona_ids": [persona["id"]]}
    journey = f"/v1/journeys/{drawn.journey}"
    assert (await drawn.owner.patch(journey, body, If_Match='"1"')).status_code == 200
    for version, target in enumerate((persona, {"id": str(drawn.journey)}), start=1):
        asked = {"subject_id": target["id"]}
        reply = await drawn.owner.post(path_of(said), asked, If_Match=f'"{version}"')
        assert (reply.status_code, reply.json()["touchpoint_id"]) == (200, None), reply.text


async def test_who_may_move_it(world: World) -> None:
    drawn = await drawing(world)
    said = await say(drawn, await drawn.org.member(Group.FRONTLINE_STAFF))
    body = {"subject_id": drawn.touchpoints[1]["id"]}
    await assert_asks_version(drawn, "POST", path_of(said), body)
    await assert_only_editors(drawn, "POST", path_of(said), body, If_Match='"1"')
    editor = await drawn.org.member(Group.FRONTLINE_STAFF)
    grant = {"role": "editor", "member_id": str(editor.member_id)}
    await drawn.owner.made(f"/v1/journeys/{drawn.journey}/grants", grant)
    moved = await editor.post(path_of(said), body, If_Match='"1"')
    assert moved.status_code == 200, moved.text


async def test_editors_move_only_what_they_see(world: World) -> None:
    drawn = await drawing(world)
    ann = await drawn.org.member(Group.FRONTLINE_STAFF)
    said = await say(drawn, ann, visibility="private")
    body = {"subject_id": drawn.touchpoints[1]["id"]}
    assert (await drawn.owner.post(path_of(said), body, If_Match='"1"')).status_code == 404
