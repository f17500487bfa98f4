"""The map as it was: what it said at every revision, and nothing of what was said of it."""

from typing import Any
from uuid import uuid4

from domain.roles import Group
from tests.api.maps.drawing import Drawing, drawing
from tests.api.voices.scene import etag
from tests.world import World

FIGURES = (
    "threads", "ratings", "proposals_open", "findings", "opportunities_open", "actions", "moment",
)  # fmt: skip


async def revision_of(drawn: Drawing) -> int:
    return int((await drawn.map())["revision"])


async def past(drawn: Drawing, revision: int) -> dict[str, Any]:
    return await drawn.owner.read(f"{drawn.map_path}?revision={revision}")


def without_figures(told: dict[str, Any]) -> dict[str, Any]:
    """A map of today, as a past map tells it; moments are compared by id and version."""
    touchpoints = [
        {name: value for name, value in one.items() if name not in FIGURES}
        | {"moment": one["moment"] and [one["moment"]["id"], one["moment"]["version"]]}
        for one in told["touchpoints"]
    ]
    rows = {name: told[name] for name in ("revision", "journey", "stages", "lanes", "cells")}
    return rows | {"touchpoints": touchpoints}


async def edited(drawn: Drawing) -> dict[int, dict[str, Any]]:
    """Edit the map in every way; what it was at each revision on the way."""
    owner, seen = drawn.owner, {}
    call, visit = drawn.touchpoints
    lane = await drawn.lane()
    feeling = await drawn.emotion()
    moment = await owner.made(f"/v1/touchpoints/{call['id']}/moments", {"rationale": "First."})
    channel = await owner.made("/v1/channels", {"key": "fax", "name": "Fax"})
    steps: list[tuple[str, str, Any, int | None]] = [
        ("PATCH", f"/v1/journeys/{drawn.journey}", {"title": "Other", "scope_end": "Home"}, 1),
        ("PATCH", f"/v1/touchpoints/{call['id']}", {"channel_ids": [channel["id"]]}, 1),
        ("PUT", f"/v1/lanes/{lane['id']}/cells", {"touchpoint_id": call["id"], "body": "So"}, 0),
        ("PATCH", f"/v1/emotions/{feeling['id']}", {"valence": 2}, 1),
        ("PATCH", f"/v1/moments/{moment['id']}", {"stakes": "Trust."}, 1),
        ("POST", f"/v1/touchpoints/{call['id']}/move", {"after": visit["id"]}, 2),
        ("POST", f"/v1/stages/{drawn.stages[0]['id']}/move", {"after": drawn.stages[1]["id"]}, 1),
        ("DELETE", f"/v1/emotions/{feeling['id']}", None, 2),
        ("DELETE", f"/v1/stages/{drawn.stages[0]['id']}", None, 2),
        ("POST", f"/v1/subjects/{drawn.stages[0]['id']}/restore", None, None),
        ("POST", f"/v1/moments/{moment['id']}/retire", {"reason": "No more."}, 2),
    ]
    for method, path, body, version in steps:
        now = await drawn.map()
        seen[now["revision"]] = now
        match = {} if version is None else etag(version)
        reply = await owner.call(method, path, body, **match)
        assert reply.status_code < 300, (path, reply.text)
    now = await drawn.map()
    return seen | {now["revision"]: now}


async def test_every_revision_is_told_as_it_was(world: World) -> None:
    drawn = await drawing(world)
    seen = await edited(drawn)
    for revision, then in seen.items():
        told = await past(drawn, revision)
        assert told["erased"] == []
        for one in told["touchpoints"]:
            one["moment"] = one["moment"] and [one["moment"]["id"], one["moment"]["version"]]
        expected = without_figures(then)
        assert {name: told[name] for name in expected} == expected


async def test_the_statements_of_a_moment_are_told(world: World) -> None:
    drawn = await drawing(world)
    await edited(drawn)
    told = [await past(drawn, n) for n in range(1, await revision_of(drawn) + 1)]
    moments = [one["moment"] for map_ in told for one in map_["touchpoints"] if one["moment"]]
    assert {(one["rationale"], one["stakes"]) for one in moments} == {
        ("First.", ""),
        ("First.", "Trust."),
    }
    assert told[-1]["touchpoints"][-1]["moment"] is None


async def test_a_revision_that_was_not_is_refused(world: World) -> None:
    drawn = await drawing(world)
    last = await revision_of(drawn)
    refused = await drawn.owner.get(f"{drawn.map_path}?revision={last + 1}")
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_revision")
    assert f"the revisions 1 to {last}" in refused.json()["detail"]
    assert (await drawn.owner.get(f"{drawn.map_path}?revision=0")).status_code == 400


async def test_a_past_map_stays_the_same_and_is_known_by_its_tag(world: World) -> None:
    drawn = await drawing(world)
    last = await revision_of(drawn)
    path = f"{drawn.map_path}?revision={last}"
    first = await drawn.owner.get(path)
    await drawn.owner.patch(f"/v1/journeys/{drawn.journey}", {"title": "Other"}, **etag(1))
    again = await drawn.owner.get(path)
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    known = await drawn.owner.get(path, If_None_Match=first.headers["etag"])
    assert (known.status_code, known.content) == (304, b"")
    earlier = await drawn.owner.get(f"{drawn.map_path}?revision={last - 1}")
    assert earlier.headers["etag"] != first.headers["etag"]


async def test_a_past_map_can_be_cut_to_some_touchpoints(world: World) -> None:
    drawn = await drawing(world)
    path = f"{drawn.map_path}?revision={await revision_of(drawn)}&touchpoint_ids="
    told = await drawn.owner.read(path + drawn.touchpoints[1]["id"])
    assert [one["name"] for one in told["touchpoints"]] == ["Visit"]
    unknown = await drawn.owner.get(path + str(uuid4()))
    assert unknown.json()["code"] == "unknown_touchpoint"


async def test_the_past_is_for_who_sees_the_journey_today(world: World) -> None:
    drawn = await drawing(world, restricted=True)
    path = f"{drawn.map_path}?revision=1"
    other = await drawn.org.member(Group.EXECUTIVE)
    assert (await other.get(path)).status_code == 404
    assert (await (await world.organization()).admin.get(path)).status_code == 404
    open_to = {"role": "participant", "member_id": str(other.member_id)}
    await drawn.owner.made(f"/v1/journeys/{drawn.journey}/grants", open_to)
    assert (await other.get(path)).status_code == 200


async def test_what_was_erased_shows_as_erased(world: World) -> None:
    drawn = await drawing(world)
    gone = await drawn.org.member(Group.EXECUTIVE)
    path = f"/v1/touchpoints/{drawn.touchpoints[0]['id']}/moments"
    moment = await drawn.owner.made(path, {"rationale": "First."})
    body = {"reason": "Nobody comes any more."}
    retired = await gone.post(f"/v1/moments/{moment['id']}/retire", body, **etag(1))
    assert retired.status_code == 200, retired.text
    revision = await revision_of(drawn)
    before = await drawn.owner.get(f"{drawn.map_path}?revision={revision}")
    assert before.json()["erased"] == []
    erased = await drawn.owner.post(f"/v1/members/{gone.member_id}/erase", **etag(1))
    assert erased.status_code < 300, erased.text
    after = await drawn.owner.get(f"{drawn.map_path}?revision={revision}")
    assert after.json()["erased"] == [{"id": moment["id"], "subject_kind": "moment"}]
    assert after.headers["etag"] != before.headers["etag"]
    assert [one["name"] for one in after.json()["touchpoints"]] == ["Call", "Visit"]
