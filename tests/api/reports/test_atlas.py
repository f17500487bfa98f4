"""The atlas: what is mapped, what is not, and nothing of what one may not see."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.maps.family import Family
from tests.world import Caller, World

Thing = dict[str, Any]


async def landscape(world: World) -> tuple[Family, dict[str, str]]:
    """Journeys of two personas and three departments; who is who by name."""
    land, named = Family(await world.organization()), {}
    admin = land.org.admin
    for name in ("Ada", "Bob"):
        named[name] = (await admin.made("/v1/personas", {"name": name}))["id"]
    for name, parent in (("Service", None), ("Phone", "Service"), ("Yard", None)):
        body = {"name": name, "parent_id": named.get(parent or "")}
        named[name] = (await admin.made("/v1/departments", body))["id"]
    await land.journey("live", status="published")
    await land.journey("old")
    await land.journey("bold", state="future")
    planned = await land.org.journey(title="planned", state="future", template="blank")
    land.journeys["planned"] = str(planned)
    await told(land, named)
    return land, named


async def told(land: Family, named: dict[str, str]) -> None:
    """Whose they are, who answers there, and how busy it is."""
    admin, journeys = land.org.admin, land.journeys
    whose = {"persona_ids": [named["Ada"]], "department_id": named["Phone"], "focus": "support"}
    await changed(admin, f"/journeys/{journeys['live']}", whose)
    await changed(admin, f"/journeys/{journeys['old']}", {"persona_ids": [named["Bob"]]})
    path = f"/v1/journeys/{journeys['old']}/transition"
    assert (await admin.post(path, {"to": "archived"}, If_Match='"2"')).status_code == 200
    named["busy"], named["open"] = land.touchpoints["live"]
    busy = {"responsible_department_id": named["Phone"], "monthly_volume": 5000}
    await changed(admin, f"/touchpoints/{named['busy']}", busy)
    busier = {"monthly_volume": 9000, "evidence_grade": "validated"}
    await changed(admin, f"/touchpoints/{named['open']}", busier)
    assert (await land.opens("live", "bold", at=1)).status_code == 200


async def changed(by: Caller, path: str, body: Thing) -> None:
    reply = await by.patch(f"/v1{path}", body, If_Match='"1"')
    assert reply.status_code == 200, reply.text


async def test_what_is_mapped_and_what_is_not(world: World) -> None:
    land, named = await landscape(world)
    found = await land.org.admin.read("/v1/atlas")
    by_title = {one["title"]: one for one in found["journeys"]}
    assert {title: one["mapping"] for title, one in by_title.items()} == {
        "live": "live", "planned": "unmapped", "old": "retired", "bold": "prototype",
    }  # fmt: skip
    assert found["counts"] == {"unmapped": 1, "draft": 0, "live": 1, "prototype": 1, "retired": 1}
    assert by_title["live"]["evidence"] == {
        "assumed": 1, "partial": 0, "validated": 1, "validated_share": 0.5,
    }  # fmt: skip
    assert by_title["planned"]["evidence"]["validated_share"] is None
    assert found["evidence"]["validated_share"] == pytest.approx(0.25)
    assert found["planned"] == [land.journeys["planned"]]
    assert found["personas_without_journey"] == [{"id": named["Bob"], "name": "Bob"}]
    assert found["departments_without_touchpoint"] == [{"id": named["Yard"], "name": "Yard"}]
    (end,) = found["dead_ends"]
    assert (end["touchpoint_id"], end["monthly_volume"]) == (named["busy"], 5000)
    assert (await land.org.admin.read("/v1/atlas?min_volume=5001"))["dead_ends"] == []
    assert found["complete"]
    assert any("1000 contacts" in line for line in found["explanation"])


async def test_the_grid_names_what_is_empty(world: World) -> None:
    land, named = await landscape(world)
    found = await land.org.admin.read("/v1/atlas")
    places = {
        (one["persona_id"], one["department_id"]): one["journey_ids"] for one in found["cells"]
    }
    nobody = places.pop((None, None))
    assert places == {(named["Ada"], named["Phone"]): [land.journeys["live"]]}
    assert set(nobody) == {land.journeys["planned"], land.journeys["bold"]}
    empty = [(one["persona_name"], one["department_name"]) for one in found["empty"]]
    assert empty == [
        ("Ada", "Service"), ("Ada", "Yard"), ("Bob", "Phone"), ("Bob", "Service"), ("Bob", "Yard"),
    ]  # fmt: skip
    assert found["empty_count"] == 5
    by_focus = await land.org.admin.read("/v1/atlas?by=focus")
    assert by_focus["empty_count"] == 2 * 7 - 1
    cells = {(one["persona_id"], one["focus"]): one["journey_ids"] for one in by_focus["cells"]}
    assert cells[named["Ada"], "support"] == [land.journeys["live"]]


async def test_what_one_may_not_see_maps_nothing(world: World) -> None:
    land, named = await landscape(world)
    path = f"/v1/journeys/{land.journeys['live']}"
    assert (await land.org.admin.patch(path, {"restricted": True}, If_Match='"2"')).is_success
    reader = await land.org.member(Group.EXECUTIVE)
    found = await reader.read("/v1/atlas")
    assert {one["title"] for one in found["journeys"]} == {"planned", "old", "bold"}
    assert [one["name"] for one in found["personas_without_journey"]] == ["Ada", "Bob"]
    names = [one["name"] for one in found["departments_without_touchpoint"]]
    assert names == ["Phone", "Service", "Yard"]
    assert found["dead_ends"] == []
    assert named["busy"] not in str(found)
    assert land.journeys["live"] not in str(found)
