"""Rows of a table into a journey: all of them, or none and why."""

from copy import deepcopy
from typing import Any

import httpx

from domain.roles import Group
from tests.api.exchange.full import FULL
from tests.api.exchange.test_exports import exported, imported
from tests.api.exchange.test_tables import table
from tests.world import Caller, World


async def brought(caller: Caller, journey_id: str, csv: str, **more: Any) -> httpx.Response:
    body = {"table": "touchpoints", "csv": csv, **more}
    return await caller.post(f"/v1/journeys/{journey_id}/csv-imports", body)


async def test_rows_become_touchpoints_and_a_key_changes_one(world: World) -> None:
    org = await world.organization()
    journey_id = await imported(org.admin, FULL)
    text = (
        '\ufeffWhat;Where;Ways;key\n"Ask; and wait";Before;"phone, bus_stop";\nWait long;;;wait\n'
    )
    mapping = {"What": "name", "Where": "stage", "Ways": "channels", "key": "key"}
    tried = await brought(org.admin, journey_id, text, mapping=mapping, dry_run=True)
    counts = {one["kind"]: one for one in tried.json()["counts"]}
    assert (tried.json()["dry_run"], counts["touchpoint"]["created"]) == (True, 1)
    assert (await table(org.admin, journey_id, ""))[0]["name"] == "Wait at the stop"
    done = await brought(org.admin, journey_id, text, mapping=mapping)
    assert done.json()["entries"] == 2, done.text
    before = (await exported(org.admin, journey_id))["stages"][0]["touchpoints"]
    found = {one["name"]: one for one in before}
    assert list(found)[-1] == "Ask; and wait"
    assert set(found) == {"Wait long", "Board", "Ask; and wait"}
    assert found["Ask; and wait"]["channels"] == ["bus_stop", "phone"]
    assert found["Wait long"]["expectation"] == "It comes when it should."


async def test_a_long_header_is_not_repeated_whole(world: World) -> None:
    org = await world.organization()
    journey_id = str(await org.journey(owner=org.admin))
    for text, mapping in (("x" * 100_000, {}), ("name," * 100_000, {"What": "name"})):
        reply = await brought(org.admin, journey_id, text, mapping=mapping)
        assert reply.json()["code"] == "invalid_csv"
        assert len(reply.text) < 2_000


async def test_every_bad_row_is_told_and_nothing_is_written(world: World) -> None:
    org = await world.organization()
    journey_id = await imported(org.admin, FULL)
    text = "name,stage,monthly_volume\nA,Before,many\nB,Nowhere,3\n,After,4\nC,After,5\n"
    reply = await brought(org.admin, journey_id, text)
    assert reply.status_code == 422
    assert [one["pointer"] for one in reply.json()["errors"]] == [
        "#/rows/2/monthly_volume",
        "#/rows/3/stage",
        "#/rows/4/name",
    ]
    assert "Row 2, column monthly_volume" in reply.json()["errors"][0]["detail"]
    assert len(await table(org.admin, journey_id, "")) == 3
    for text in ('name\n"open', "name,nothing\nA,b\n", "name,name\nA,B\n", "name" + ",x" * 100):
        assert (await brought(org.admin, journey_id, text)).json()["code"] == "invalid_csv"
    fay = await org.member(Group.FRONTLINE_STAFF)
    assert (await brought(fay, journey_id, "name\nA\n")).status_code == 404


async def test_data_points_come_with_their_dimensions(world: World) -> None:
    org = await world.organization()
    journey_id = await imported(org.admin, FULL)
    text = (
        "metric,from,to,promoters,passives,detractors,dimension.line\n"
        "Riders,2026-02-01,2026-02-28,5,4,1,north\nRiders,2026-01-01,2026-01-31,6,3,1,\n"
    )
    reply = await brought(org.admin, journey_id, text, table="data_points")
    assert reply.json()["entries"] == 1, reply.text
    rows = await table(org.admin, journey_id, "table=data_points")
    assert [row["dimensions"] for row in rows] == ["{}", '{"line":"north"}']
    wrong = text.replace("5,4,1", "5,4,-1").replace("2026-01-31", "2026-13-31")
    reply = await brought(org.admin, journey_id, wrong, table="data_points")
    assert [one["pointer"] for one in reply.json()["errors"]][:2] == [
        "#/rows/2/detractors",
        "#/rows/3/to",
    ]


async def test_nothing_is_measured_after_today(world: World) -> None:
    org = await world.organization()
    journey_id = await imported(org.admin, FULL)
    text = "metric,from,to,promoters,passives,detractors\nRiders,2026-02-01,2926-02-28,5,4,1\n"
    refused = await brought(org.admin, journey_id, text, table="data_points")
    assert refused.status_code == 422
    [fault] = refused.json()["errors"]
    assert (fault["code"], fault["pointer"]) == ("in_the_future", "#/metrics/0/data_points/0/to")
    broken = deepcopy(FULL)
    broken["outcomes"][0]["actual_to"] = "2926-02-28"
    refused = await org.admin.post("/v1/journeys/import", broken)
    assert refused.status_code == 422
    [fault] = refused.json()["errors"]
    assert (fault["code"], fault["pointer"]) == ("in_the_future", "#/outcomes/0/actual_to")


async def test_a_header_has_no_more_columns_than_anybody_needs(world: World) -> None:
    org = await world.organization()
    journey_id = await imported(org.admin, FULL)
    columns = ",".join(f"c{number}" for number in range(101))
    mapping = {"mapping": {"c0": "name", "c1": "stage"}}
    reply = await brought(org.admin, journey_id, f"{columns}\nSo,Here\n", **mapping)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_csv")
    assert "100 columns" in reply.json()["detail"]
    measured = ",".join(f"dimension.d{number}" for number in range(6))
    text = f"metric,from,to,promoters,passives,detractors,{measured}\n"
    reply = await brought(org.admin, journey_id, text, table="data_points")
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_csv")
    assert "5 dimensions" in reply.json()["detail"]
