"""Tables to open in a spreadsheet: what somebody wrote stays text."""

import csv
from io import BytesIO, StringIO
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from api.schemas.exchange.sheets import ACTIVE, plain
from api.schemas.exchange.tables import TABLES
from domain.results import ExportTable
from domain.roles import Group
from tests.api.exchange.full import FULL
from tests.api.exchange.test_exports import imported
from tests.world import Caller, World

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("http://x")',
        "<script>alert(1)</script>", "'=1", "DDE|cmd", '"=1"', "a\n=1", "=1,=2;=3"]  # fmt: skip


async def table(caller: Caller, journey_id: str, query: str) -> list[dict[str, str]]:
    reply = await caller.get(f"/v1/journeys/{journey_id}/export?format=csv&{query}")
    assert reply.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(StringIO(reply.content.decode())))


@given(st.text() | st.sampled_from(EVIL))
def test_no_cell_of_text_begins_like_a_formula(text: str) -> None:
    shown = plain(text)
    assert isinstance(shown, str)
    assert not shown.lstrip(" ").startswith(ACTIVE)
    assert shown.removeprefix("'") == text.removeprefix("'") or shown == text


async def test_every_table_has_what_is_in_the_journey(world: World) -> None:
    org = await world.organization()
    journey_id = await imported(org.admin, FULL)
    told: dict[str, Any] = {
        name.value: await table(org.admin, journey_id, f"table={name.value}") for name in TABLES
    }
    assert [row["key"] for row in told["touchpoints"]] == ["wait", "board", "leave"]
    assert told["touchpoints"][0]["channels"] == "bus_stop, phone"
    assert told["annotations"][0]["body"] == "Ask riders every month."
    assert (
        told["actions"][0] | {"title": "Show it", "measure": "Wait", "actual": "4.000000"}
        == (told["actions"][0])
    )
    assert (
        told["data_points"][0] | {"metric": "Riders", "promoters": "6"} == (told["data_points"][0])
    )
    reply = await org.admin.get(f"/v1/journeys/{journey_id}/export?format=csv&bom=true")
    assert reply.content.startswith(b"\xef\xbb\xbfkey,")
    assert "attachment" in reply.headers["content-disposition"]


async def test_nothing_evil_becomes_a_formula_on_the_way(world: World) -> None:
    org = await world.organization()
    journey_id = str(await org.journey())
    for text in EVIL:
        said = {"subject_id": journey_id, "kind": "idea", "body": text}
        await org.admin.made("/v1/annotations", said)
    rows = await table(org.admin, journey_id, "table=annotations")
    assert all(not cell.startswith(ACTIVE) for row in rows for cell in row.values())
    reply = await org.admin.get(f"/v1/journeys/{journey_id}/export?format=xlsx")
    book = load_workbook(BytesIO(reply.content))
    assert book.sheetnames == [name.value for name in ExportTable]
    sheet = book["annotations"]
    assert sheet.freeze_panes == "A2"
    cells = [cell for line in sheet.iter_rows(min_row=2) for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert all(cell.hyperlink is None for cell in cells)
    assert [row[3].value for row in sheet.iter_rows(min_row=2)][3] == "@SUM(A1)"


async def test_too_few_raters_are_too_few_in_a_table_as_well(world: World) -> None:
    org = await world.organization()
    journey_id = await imported(org.admin, FULL)
    moved = await org.admin.post(f"/v1/journeys/{journey_id}/transition", {"to": "in_review"},
                                 If_Match='"1"')  # fmt: skip
    assert moved.status_code == 200, moved.text
    drawn = await org.admin.read(f"/v1/journeys/{journey_id}/map")
    touchpoint = drawn["touchpoints"][0]["id"]
    for group in (Group.FRONTLINE_STAFF, Group.EXECUTIVE):
        rater = await org.member(group)
        rated = await rater.put(f"/v1/touchpoints/{touchpoint}/ratings/me", {"emotional": 5})
        assert rated.status_code in (200, 201), rated.text
    rows = {row["group"]: row for row in await table(org.admin, journey_id, "table=ratings")}
    assert (
        rows["frontline_staff"] | {"n": "1", "too_few": "true", "emotional_mean": ""}
        == (rows["frontline_staff"])
    )
    assert rows["executive"]["emotional_mean"] == "5.0"
