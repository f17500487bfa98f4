"""The map: what is on it, the same for all who may read the journey."""

import json
from typing import Any

from domain.roles import Group
from tests.api.maps.drawing import Thing, drawing
from tests.world import Caller, World


async def say(caller: Caller, subject: Thing, **fields: Any) -> Thing:
    body = {"subject_id": subject["id"], "kind": "issue", "body": "Too long."} | fields
    return await caller.made("/v1/annotations", body)


async def rate(caller: Caller, touchpoint: Thing, **axes: Any) -> None:
    reply = await caller.put(f"/v1/touchpoints/{touchpoint['id']}/ratings/me", axes)
    assert reply.status_code < 300, reply.text


async def test_everything_that_stands_on_it(world: World) -> None:
    drawn = await drawing(world)
    emotion = await drawn.emotion(persona_id=None, trigger="Music")
    lane = await drawn.lane()
    place = {"stage_id": drawn.stages[0]["id"], "body": "Answer sooner."}
    cell = (await drawn.owner.put(f"/v1/lanes/{lane['id']}/cells", place, If_Match='"0"')).json()
    told = await drawn.map()
    assert told["journey"]["id"] == str(drawn.journey)
    assert told["stages"] == drawn.stages
    assert told["lanes"] == [lane]
    assert told["cells"] == [cell]
    call, visit = told["touchpoints"]
    assert call["emotions"] == [emotion]
    assert {name: call[name] for name in drawn.touchpoints[0]} == drawn.touchpoints[0]
    assert {name: visit[name] for name in drawn.touchpoints[1]} == drawn.touchpoints[1]
    assert (visit["emotions"], visit["ratings"], visit["moment"]) == ([], None, None)
    assert visit["threads"]["last_activity_at"] is None


async def test_threads_are_counted_by_state_kind_and_group(world: World) -> None:
    drawn = await drawing(world)
    call = drawn.touchpoints[0]
    ann = await drawn.org.member(Group.FRONTLINE_STAFF)
    await say(ann, call)
    await say(ann, await drawn.emotion(), kind="praise")
    last = await say(drawn.owner, call, kind="idea")
    await say(drawn.owner, drawn.stages[0])
    threads = (await drawn.map())["touchpoints"][0]["threads"]
    assert (threads["open"], threads["closed"]) == (3, 0)
    assert {kind: n for kind, n in threads["by_kind"].items() if n} == {
        "issue": 1, "praise": 1, "idea": 1,
    }  # fmt: skip
    assert {group: n for group, n in threads["by_group"].items() if n} == {
        "frontline_staff": 2, "decision_maker": 1,
    }  # fmt: skip
    assert threads["last_activity_at"] == last["created_at"]


async def test_a_thread_is_closed_when_resolved_and_gone_when_taken_back(world: World) -> None:
    drawn = await drawing(world)
    call = drawn.touchpoints[0]
    ann = await drawn.org.member(Group.FRONTLINE_STAFF)
    solved, hidden, taken = [await say(ann, call) for _ in range(3)]
    path = "/v1/annotations"
    for caller, said, verb, body in (
        (drawn.owner, solved, "resolve", {"resolution": "fixed"}),
        (drawn.owner, hidden, "hide", {"reason": "Names a customer."}),
        (ann, taken, "withdraw", None),
    ):
        done = await caller.post(f"{path}/{said['id']}/{verb}", body, If_Match='"1"')
        assert done.status_code == 200, done.text
    threads = (await drawn.map())["touchpoints"][0]["threads"]
    assert (threads["open"], threads["closed"], threads["by_kind"]["issue"]) == (0, 1, 1)
    resolved = await drawn.owner.read(f"{path}/{solved['id']}")
    assert threads["last_activity_at"] == resolved["resolved_at"]
    reply = await ann.made(f"{path}/{solved['id']}/replies", {"body": "Thanks."})
    threads = (await drawn.map())["touchpoints"][0]["threads"]
    assert threads["last_activity_at"] == reply["created_at"]


async def test_only_what_everyone_may_see_is_counted(world: World) -> None:
    drawn = await drawing(world)
    call = drawn.touchpoints[0]
    ann = await drawn.org.member(Group.FRONTLINE_STAFF)
    await say(ann, call)
    for visibility in ("my_group", "leadership", "private"):
        await say(ann, call, visibility=visibility)
    texts = {
        (await reader.get(drawn.map_path)).content
        for reader in (ann, drawn.owner, await drawn.org.member(Group.EXECUTIVE))
    }
    assert len(texts) == 1
    assert json.loads(texts.pop())["touchpoints"][0]["threads"]["open"] == 1


async def test_ratings_show_no_group_that_is_too_few(world: World) -> None:
    drawn = await drawing(world)
    call = drawn.touchpoints[0]
    people = [await drawn.org.member(Group.FRONTLINE_STAFF) for _ in range(3)]
    for person in people[:2]:
        await rate(person, call, emotional=5, business=3, importance=4, performance=2)
    await rate(drawn.owner, call, emotional=2)
    first = (await drawn.map())["touchpoints"][0]["ratings"]
    assert first["n"] == 3
    assert first["groups"][0] == {
        "group": "frontline_staff", "n": 2, "too_few": True, "abstained": None, "axes": [],
    }  # fmt: skip
    assert first["widest_gap"] is None
    await rate(people[2], call, emotional=4)
    ratings = (await drawn.map())["touchpoints"][0]["ratings"]
    assert [axis["axis"] for axis in ratings["groups"][0]["axes"]] == ["emotional"]
    assert ratings["groups"][0]["axes"][0] == {
        "axis": "emotional", "mean": 4.67, "total": 14, "n": 3,
    }  # fmt: skip
    gap = ratings["widest_gap"]
    assert (gap["axis"], gap["difference"], gap["flagged"]) == ("emotional", 2.67, True)
    assert (gap["high"]["group"], gap["low"]["group"]) == ("frontline_staff", "decision_maker")


async def test_moments_are_ranked_and_ties_say_so(world: World) -> None:
    drawn = await drawing(world)
    call, visit = drawn.touchpoints
    bill = await drawn.touchpoint("Bill", stage=1)
    quiet = await drawn.touchpoint("Quiet", stage=1)
    for touchpoint in (call, visit, bill, quiet):
        await drawn.owner.made(f"/v1/touchpoints/{touchpoint['id']}/moments", {})
    leader = await drawn.org.member(Group.EXECUTIVE)
    for touchpoint, emotional in ((call, 3), (visit, 5), (bill, 3)):
        await rate(leader, touchpoint, emotional=emotional)
    moments = [one["moment"] for one in (await drawn.map())["touchpoints"]]
    assert [(one["rank"], one["tied"], one["score"]) for one in moments] == [
        (2, True, 3.0), (1, False, 5.0), (2, True, 3.0), (None, False, None),
    ]  # fmt: skip
    assert moments[1]["model"] == "emotional_impact"
    assert "5.00 = 5/1 n=1" in moments[1]["explanation"]
    ranked = await drawn.owner.read(f"/v1/journeys/{drawn.journey}/moments")
    by_moment = {line["moment_id"]: line for line in ranked["items"]}
    for moment in moments:
        line = by_moment[moment["id"]]
        assert {name: line[name] for name in ("rank", "tied", "score", "n", "explanation")} == {
            name: moment[name] for name in ("rank", "tied", "score", "n", "explanation")
        }
    path = f"/v1/moments/{moments[1]['id']}/retire"
    retired = await drawn.owner.post(path, {"reason": "No more"}, If_Match='"1"')
    assert retired.status_code == 200, retired.text
    moments = [one["moment"] for one in (await drawn.map())["touchpoints"]]
    assert [one and one["rank"] for one in moments] == [1, None, 1, None]


async def test_what_was_removed_is_not_on_it(world: World) -> None:
    drawn = await drawing(world)
    await drawn.emotion()
    lane = await drawn.lane()
    path = f"/v1/lanes/{lane['id']}/cells"
    for place in (
        {"stage_id": drawn.stages[0]["id"]},
        {"touchpoint_id": drawn.touchpoints[0]["id"]},
    ):
        written = await drawn.owner.put(path, place | {"body": "x"}, If_Match='"0"')
        assert written.status_code == 200, written.text
    other = await drawn.touchpoint("Later", stage=1)
    assert len((await drawn.map())["cells"]) == 2
    gone = f"/v1/touchpoints/{drawn.touchpoints[0]['id']}"
    assert (await drawn.owner.delete(gone, If_Match='"1"')).status_code == 204
    told = await drawn.map()
    assert len(told["cells"]) == 1
    assert len(told["touchpoints"]) == 2
    stage = f"/v1/stages/{drawn.stages[0]['id']}"
    assert (await drawn.owner.delete(stage, If_Match='"1"')).status_code == 204
    told = await drawn.map()
    assert [one["id"] for one in told["touchpoints"]] == [other["id"]]
    assert (told["cells"], len(told["lanes"])) == ([], 1)
    assert (await drawn.owner.delete(f"/v1/lanes/{lane['id']}", If_Match='"1"')).status_code == 204
    assert (await drawn.map())["lanes"] == []


async def test_some_touchpoints_only(world: World) -> None:
    drawn = await drawing(world)
    call, visit = drawn.touchpoints
    lane = await drawn.lane()
    for place in ({"touchpoint_id": call["id"]}, {"touchpoint_id": visit["id"]},
                  {"stage_id": drawn.stages[0]["id"]}):  # fmt: skip
        await drawn.owner.put(
            f"/v1/lanes/{lane['id']}/cells", place | {"body": "x"}, If_Match='"0"'
        )
    whole = await drawn.map()
    cut = await drawn.owner.get(f"{drawn.map_path}?touchpoint_ids={visit['id']}")
    kept = [cell for cell in whole["cells"] if cell["touchpoint_id"] != call["id"]]
    assert cut.json() == whole | {"touchpoints": [whole["touchpoints"][1]], "cells": kept}
    both = await drawn.owner.get(
        f"{drawn.map_path}?touchpoint_ids={visit['id']}&touchpoint_ids={call['id']}"
    )
    assert both.json() == whole
    known = await drawn.owner.get(
        f"{drawn.map_path}?touchpoint_ids={visit['id']}", If_None_Match=cut.headers["etag"]
    )
    assert known.status_code == 304
    foreign = (await drawing(world)).touchpoints[0]["id"]
    for unknown, status in ((foreign, 422), ("nonsense", 400)):
        refused = await drawn.owner.get(f"{drawn.map_path}?touchpoint_ids={unknown}")
        assert refused.status_code == status, refused.text
        assert refused.json()["errors"][0]["parameter"] == "touchpoint_ids"
    assert (await drawn.owner.get(f"{drawn.map_path}?touchpoints=1")).status_code == 400


async def test_tags_on_several_lines_are_one_list(world: World) -> None:
    drawn = await drawing(world)
    whole = await drawn.owner.get(drawn.map_path)
    tag = whole.headers["etag"]
    for lines in ((tag, '"0-0"'), ('"0-0"', tag)):
        headers = [("if-none-match", line) for line in lines]
        headers.append(("authorization", f"Bearer {drawn.owner.token}"))
        reply = await world.http.get(drawn.map_path, headers=headers)
        assert (reply.status_code, reply.content) == (304, b"")


async def test_whoever_may_not_read_the_journey_finds_no_map(world: World) -> None:
    drawn = await drawing(world, status="draft")
    tag = (await drawn.owner.get(drawn.map_path)).headers["etag"]
    colleague = await drawn.org.member(Group.EXECUTIVE)
    stranger = (await world.organization()).admin
    for nobody in (colleague, stranger):
        assert (await nobody.get(drawn.map_path)).status_code == 404
        assert (await nobody.get(drawn.map_path, If_None_Match=tag)).status_code == 404
    missing = drawn.map_path.replace(str(drawn.journey), drawn.stages[0]["id"])
    assert (await drawn.owner.get(missing)).status_code == 404
