"""The airline journey: customers' published figures give the published order."""

import httpx
import pytest
from litestar import Litestar

from api.auth.passwords import Passwords
from api.commands.seed import make_demo
from tests.api.demo.test_demo import person

ORDER = {
    "Security": (1, 36.0),
    "Bag collection": (2, 31.0),
    "Passport control": (3, 25.0),
    "Bag drop": (4, 21.0),
    "Check-in": (5, 14.0),
    "Boarding": (6, 12.0),
    "Bag tag": (7, 11.0),
    "Booking": (8, 9.0),
    "On board": (8, 9.0),
    "Dwell time": (10, 5.0),
}


@pytest.fixture(scope="module")
async def demo(app: Litestar) -> None:
    await make_demo(app.state.database, Passwords(memory_kib=8, rounds=1))


async def test_the_published_order_and_figures_come_out(
    demo: None, http: httpx.AsyncClient
) -> None:
    fay = await person(http, "frontline_staff")
    journey = (await fay.journeys())["I fly from one city to another"]
    path = f"/v1/journeys/{journey}"
    found = await fay.read(f"{path}/moments?model=customer_metric&include=previous")
    lines = [(one["touchpoint_name"], (one["rank"], one["score"])) for one in found["items"]]
    assert lines == list(ORDER.items())
    assert [one["tied"] for one in found["items"]] == [False] * 7 + [True] * 2 + [False]
    assert {one["n"] for one in found["items"]} == {5871}
    along = found["along_the_journey"]
    assert (along["mean"], along["peak_end"]) == (17.3, 33.5)
    assert (along["peak"], along["end"], along["n"]) == (36.0, 31.0, 10)
    assert along["peak_touchpoint_id"] == found["items"][0]["touchpoint_id"]
    assert along["explanation"] == (
        "mean 17.3 = 173 / 10 touchpoints; peak-end 33.5 = (36 at the peak + 31 at the end) / 2"
    )
    assert (found["over"], found["score_from"], found["metric"]["unit"]) == (
        "touchpoints", None, "%",
    )  # fmt: skip
    believed = await fay.read(f"{path}/beliefs")
    assert all(one["customers"][0]["on_scale"] is None for one in believed["items"])
    lines = (await fay.read("/v1/scorecard"))["items"]
    [line] = [one for one in lines if one["name"] == "Share of negative feelings"]
    assert (line["links"], line["journey_ids"]) == (10, [journey])
