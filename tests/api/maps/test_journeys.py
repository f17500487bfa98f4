"""Journeys: what they hold, what they start from, how they are listed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.roles import Group
from tests.api.maps.drawing import drawing
from tests.api.maps.events import verbs
from tests.world import Caller, World

FIELDS = {
    "title": "Moving house",
    "description": "From the first thought to the first call.",
    "state": "future",
    "focus": "success",
    "scope_start": "The lease is signed",
    "scope_end": "The line works",
    "scale": "micro",
    "sector": "telecommunications",
    "customer_type": "private",
    "objective": "No day without a line",
    "success_criteria": ["No second call"],
    "attribution": "A published study",
    "restricted": True,
    "review_every_days": 90,
}


async def begun(caller: Caller, **fields: Any) -> dict[str, Any]:
    return await caller.made("/v1/journeys", {"title": "Moving", "template": "blank"} | fields)


async def titles(caller: Caller, query: str = "") -> list[str]:
    listed = await caller.read(f"/v1/journeys?{query}".rstrip("?"))
    return [item["title"] for item in listed["items"]]


async def test_a_journey_is_read_back_with_every_field(world: World) -> None:
    org = await world.organization()
    persona = await org.admin.made("/v1/personas", {"name": "Ada"})
    department = await org.admin.made("/v1/departments", {"name": "Sales"})
    links = {"persona_ids": [persona["id"]], "department_id": department["id"]}
    made = await begun(org.admin, **FIELDS, **links)
    assert {name: made[name] for name in FIELDS | links} == FIELDS | links
    assert (made["status"], made["owner_id"]) == ("draft", str(org.admin.member_id))
    assert (made["version"], made["grant_count"]) == (1, 0)
    assert await org.admin.read(f"/v1/journeys/{made['id']}") == made
    assert await verbs(org, made["id"]) == ["journey.created"]


async def test_leaders_and_those_allowed_begin_journeys(world: World) -> None:
    org = await world.organization()
    await begun(await org.member(Group.EXECUTIVE))
    await begun(await org.member(Group.FRONTLINE_STAFF, may_create_journeys=True))
    for group in (Group.FRONTLINE_STAFF, Group.SUPPORT_STAFF):
        body = {"title": "Moving"}
        assert (await (await org.member(group)).post("/v1/journeys", body)).status_code == 403


@pytest.mark.parametrize(
    ("template", "stages", "lanes", "focus"),
    [
        ("eight_stage", 8, 5, "overall"),
        ("three_stage", 3, 5, "buying"),
        ("support", 5, 5, "support"),
        ("blank", 0, 0, "overall"),
    ],
)
async def test_templates_lay_out_stages_and_lanes(
    world: World, template: str, stages: int, lanes: int, focus: str
) -> None:
    org = await world.organization()
    made = await begun(org.admin, template=template)
    told = await verbs(org, made["id"])
    assert (told.count("stage.added"), told.count("lane.added")) == (stages, lanes)
    assert made["focus"] == focus


async def test_a_journey_serves_as_template_without_its_voices(world: World) -> None:
    drawn = await drawing(world)
    channel = (await drawn.owner.read("/v1/channels"))["items"][0]["id"]
    await drawn.touchpoint("Letter", stage=1, channel_ids=[channel], thoughts="At last.")
    await drawn.emotion()
    lane = await drawn.lane()
    cell = {"body": "Ask once.", "stage_id": drawn.stages[0]["id"]}
    reply = await drawn.owner.put(f"/v1/lanes/{lane['id']}/cells", cell, If_Match='"0"')
    assert reply.status_code == 200, reply.text
    gone = drawn.touchpoints[1]
    await drawn.owner.delete(f"/v1/touchpoints/{gone['id']}", If_Match='"1"')
    said = {"subject_id": drawn.touchpoints[0]["id"], "kind": "issue", "body": "Slow."}
    await drawn.owner.made("/v1/annotations", said)
    made = await begun(drawn.owner, template=str(drawn.journey))
    assert shape(await drawn.owner.read(f"/v1/journeys/{made['id']}/map")) == shape(
        await drawn.map()
    )
    assert not (await drawn.owner.read(f"/v1/annotations?journey={made['id']}"))["items"]
    told = await verbs(drawn.org, made["id"])
    assert sorted(told) == sorted(
        ["journey.created", "lane.added", "emotion.added", "cell.written"]
        + ["stage.added", "touchpoint.added"] * 2
    )


def shape(told: Any) -> Any:
    """A map without what makes each copy its own."""
    own = {"id", "journey_id", "stage_id", "lane_id", "touchpoint_id", "version", "threads"}
    if isinstance(told, dict) and "stages" in told:
        return {n: shape(told[n]) for n in ("stages", "lanes", "touchpoints", "cells") if n in told}
    if isinstance(told, dict):
        return {n: shape(v) for n, v in told.items() if n not in own and not n.endswith("_at")}
    return [shape(item) for item in told] if isinstance(told, list) else told


async def test_an_unknown_template_is_pointed_at(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    hidden = await begun(await org.member(Group.DECISION_MAKER))
    foreign = await other.journey()
    for template, status in [
        ("nine_stage", 400),
        (str(uuid4()), 422),
        (str(foreign), 422),
        (hidden["id"], 422),
    ]:
        reply = await org.admin.post("/v1/journeys", {"title": "A", "template": template})
        problem = reply.json()
        assert (reply.status_code, problem["code"]) == (status, "unknown_template")
        assert problem["errors"][0]["pointer"] == "#/template"
    assert await titles(org.admin) == []


async def test_what_it_points_at_must_be_there(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    foreign = await other.admin.made("/v1/personas", {"name": "Eve"})
    body = {"title": "A", "persona_ids": [foreign["id"]], "department_id": str(uuid4())}
    reply = await org.admin.post("/v1/journeys", body)
    assert reply.status_code == 422
    pointers = {error["pointer"] for error in reply.json()["errors"]}
    assert pointers == {"#/persona_ids/0", "#/department_id"}


async def test_a_persona_removed_since_may_stay(world: World) -> None:
    org = await world.organization()
    persona = await org.admin.made("/v1/personas", {"name": "Ada"})
    made = await begun(org.admin, persona_ids=[persona["id"]])
    await org.admin.delete(f"/v1/personas/{persona['id']}", If_Match='"1"')
    path = f"/v1/journeys/{made['id']}"
    body = {"persona_ids": [persona["id"]], "title": "B"}
    kept = await org.admin.patch(path, body, If_Match='"1"')
    assert (kept.status_code, kept.json()["persona_ids"]) == (200, [persona["id"]])
    emptied = await org.admin.patch(path, {"persona_ids": []}, If_Match='"2"')
    assert (emptied.json()["version"], emptied.json()["persona_ids"]) == (3, [])
    back = await org.admin.patch(path, {"persona_ids": [persona["id"]]}, If_Match='"3"')
    assert back.status_code == 422


async def test_changes_are_merged_and_based_on_a_version(world: World) -> None:
    org = await world.organization()
    path = f"/v1/journeys/{(await begun(org.admin, **FIELDS))['id']}"
    changed = await org.admin.patch(path, {"title": "B", "review_every_days": None}, If_Match='"1"')
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert (changed.json()["title"], changed.json()["review_every_days"]) == ("B", None)
    assert changed.json()["objective"] == FIELDS["objective"]
    assert (await org.admin.patch(path, {"title": "C"})).status_code == 428
    assert (await org.admin.patch(path, {"title": "C"}, If_Match='"1"')).status_code == 412
    same = await org.admin.patch(path, {"title": "B"}, If_Match='"2"')
    assert same.json()["version"] == 2
    for body in ({"title": None}, {"status": "approved"}, {"review_every_days": 0}):
        refused = await org.admin.patch(path, body, If_Match='"2"')
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (
            400,
            f"#/{next(iter(body))}",
        )
    assert await verbs(org, path.rsplit("/", 1)[1]) == ["journey.created", "journey.updated"]


async def test_a_review_lies_in_the_past(world: World) -> None:
    org = await world.organization()
    path = f"/v1/journeys/{(await begun(org.admin))['id']}"
    reply = await org.admin.patch(path, {"reviewed_at": "2999-01-01T00:00:00Z"}, If_Match='"1"')
    assert (reply.status_code, reply.json()["errors"][0]["code"]) == (422, "in_the_future")
    for year in ("0001", "1899", "3000", "9999"):
        reply = await org.admin.patch(
            path, {"reviewed_at": f"{year}-01-01T00:00:00Z"}, If_Match='"1"'
        )
        assert reply.status_code == 422
        assert reply.json()["errors"][0]["pointer"] == "#/reviewed_at"
        assert reply.json()["code"] == "out_of_range"
    noted = await org.admin.patch(path, {"reviewed_at": "2026-01-01T00:00:00Z"}, If_Match='"1"')
    assert noted.json()["reviewed_at"] == "2026-01-01T00:00:00Z"


async def test_what_stands_on_a_journey_leaves_its_version_alone(world: World) -> None:
    drawn = await drawing(world)
    journey = await drawn.owner.read(f"/v1/journeys/{drawn.journey}")
    assert journey["version"] == 1
    row = (await drawn.owner.read("/v1/journeys"))["items"][0]
    assert (row["version"], row["revision"]) == (1, 5)
    assert row["changed_at"] > row["updated_at"]
    said = {"subject_id": str(drawn.journey), "kind": "idea", "body": "x", "visibility": "private"}
    await drawn.owner.made("/v1/annotations", said)
    after = (await drawn.owner.read("/v1/journeys"))["items"][0]
    assert (after["revision"], after["changed_at"]) == (6, row["changed_at"])


async def test_it_is_stale_once_a_review_is_due(world: World) -> None:
    org = await world.organization()
    made = await begun(org.admin, title="Rhythm", review_every_days=30)
    await begun(org.admin, title="None")
    for days, version, stale in ((29, 1, False), (31, 2, True)):
        reviewed = (datetime.now(UTC) - timedelta(days=days)).isoformat()
        body = {"reviewed_at": reviewed}
        path = f"/v1/journeys/{made['id']}"
        assert (await org.admin.patch(path, body, If_Match=f'"{version}"')).status_code == 200
        rows = {row["title"]: row for row in (await org.admin.read("/v1/journeys"))["items"]}
        assert rows["Rhythm"]["stale"] is stale
        assert (rows["None"]["stale"], rows["None"]["next_review_at"]) == (False, None)
        assert rows["Rhythm"]["days_since_change"] == 0
