"""The scorecard, the drop-off funnel, and what staff believe beside what customers report."""

from fractions import Fraction
from typing import Any
from uuid import UUID

from domain.roles import Group
from domain.rules.funnel import Measured, stage, touchpoints
from tests.api.metrics.scene import APRIL, MARCH, NPS, metric, recorded
from tests.api.reports.ground import Ground, ground
from tests.api.voices.scene import code
from tests.world import World

F, S, D, X = Group


async def test_the_scorecard_tells_how_everything_moved(world: World) -> None:
    place = await ground(world, 1)
    waits = await metric(
        place.owner, name="Waits", kind="number", unit="min", better="lower", target=5
    )
    would = await metric(place.owner)
    half = APRIL | {"period_to": "2026-04-15"}
    await recorded(place.owner, would, MARCH | NPS, half | NPS | {"promoters": 85, "passives": 0})
    await recorded(place.owner, waits, MARCH | {"number": 4}, APRIL | {"number": 6.5})
    for subject in (place.journey, place.org.id):
        path = f"/v1/metrics/{would['id']}/links"
        await place.owner.made(path, {"subject_id": str(subject)})
    hidden = await place.org.journey(place.owner, status="draft")
    await place.owner.made(f"/v1/metrics/{waits['id']}/links", {"subject_id": str(hidden)})
    ann = await place.org.member(F)
    first = await ann.read("/v1/scorecard?limit=1")
    second = await ann.read(f"/v1/scorecard?limit=1&cursor={first['next_cursor']}")
    [up], [down] = first["items"], second["items"]
    assert (up["newest"]["value"], up["previous"]["value"], up["change"]) == (70.0, 45.0, 25.0)
    assert (up["direction"], up["target_reached"], up["links"]) == ("better", None, 2)
    assert up["journey_ids"] == [str(place.journey)]
    assert (down["change"], down["direction"], down["target_reached"]) == (2.5, "worse", False)
    assert (down["links"], down["journey_ids"], second["next_cursor"]) == (0, [], None)


async def drop(place: Ground, at: int, entered: int, left: int, month: int, **more: Any) -> str:
    body = {
        "text": "Gave up.",
        "entered": entered,
        "left": left,
        "measured_from": f"2026-{month:02}-01",
        "measured_to": f"2026-{month:02}-28",
    } | more
    path = f"/v1/touchpoints/{place.touchpoints[at]}/drop-offs"
    return str((await place.owner.made(path, body))["id"])


async def test_the_funnel_tells_where_most_leave(world: World) -> None:
    place = await ground(world, 4)
    await drop(place, 0, 1000, 900, 1)
    newest = await drop(place, 0, 1000, 100, 3)
    dismissed = await drop(place, 0, 1000, 1000, 4)
    closed = await place.owner.post(
        f"/v1/findings/{dismissed}/close", {"status": "dismissed"}, If_Match='"1"'
    )
    assert closed.status_code == 200, closed.text
    await drop(place, 2, 800, 600, 2)
    found = await place.owner.read(f"{place.path}/funnel")
    steps = [one for stage in found["stages"] for one in stage["touchpoints"]]
    names = ("entered", "left", "rate", "survival", "worst")
    assert [tuple(one[name] for name in names) for one in steps] == [
        (1000, 100, 10.0, 90.0, False),
        (None, None, None, 90.0, False),
        (800, 600, 75.0, 22.5, True),
        (None, None, None, 22.5, False),
    ]
    assert steps[0]["finding_id"] == newest
    assert (found["survival"], found["worst_touchpoint_id"]) == (22.5, place.touchpoints[2])
    assert steps[2]["explanation"] == (
        "75.00 % = 100 x 600 left / 800 entered; survival 22.50 % = 90.00 % x (1 - 600 / 800)"
    )
    assert sum(one["worst"] for one in found["stages"]) == 1
    assert code(await place.owner.get(f"/v1/journeys/{place.org.id}/funnel"), 404)


def test_a_stage_adds_up_no_counts_of_different_customers() -> None:
    measured = [(100, 20), (1000, 742), (None, None), (80, 0)]
    ids = (UUID(int=at) for at in range(4))
    steps = touchpoints(Measured(id_, *counts) for id_, counts in zip(ids, measured, strict=True))
    one = stage(steps)
    assert (one.entered, one.left, one.survival) == (100, 79, Fraction(516, 25))
    assert one.explanation == (
        "79.36 % = 100 x (1 - (1 - 20 / 100) x (1 - 742 / 1000) x (1 - 0 / 80)), over its measured"
        " touchpoints; 79 left = 79.36 % of the 100 who entered the first of them"
    )


async def test_staff_believe_one_thing_and_customers_report_another(world: World) -> None:
    place = await ground(world, 3)
    for at, performance in ((0, 5), (1, 3)):
        await place.rated(at, F, 1, 1, 1, performance=performance)
        await place.rated(at, S, 1, 1, performance=1)
    made = await metric(place.owner)
    ease = await metric(place.owner, name="Ease", kind="ces")
    share = await metric(place.owner, name="Share", kind="ratio")
    await recorded(place.owner, made, MARCH | NPS)
    await recorded(place.owner, ease, MARCH | {"score_sum": 400, "respondents": 100})
    await recorded(place.owner, share, MARCH | {"numerator": 1, "denominator": 2})
    for one, at in ((made, 0), (ease, 1), (ease, 0), (share, 2)):
        path = f"/v1/metrics/{one['id']}/links"
        await place.owner.made(path, {"subject_id": place.touchpoints[at]})
    found = (await place.owner.read(f"{place.path}/beliefs"))["items"]
    assert [(one["touchpoint_id"], one["widest_gap"]) for one in found] == [
        (place.touchpoints[0], 2.0),
        (place.touchpoints[1], 0.0),
        (place.touchpoints[2], None),
    ]
    first = found[0]
    assert (first["staff"]["mean"], first["staff"]["n"]) == (5.0, 3)
    assert [(one["group"], one["too_few"]) for one in first["groups"]] == [(F, False), (S, True)]
    told = {one["metric_name"]: (one["on_scale"], one["gap"]) for one in first["customers"]}
    assert told == {"Would recommend us": (3.9, 1.1), "Ease": (3.0, 2.0)}
    assert first["customers"][0]["explanation"] == (
        "nps 45.00 = 100 x (60 promoters - 15 detractors) / 100 answers; on 1 to 5: 3.90 ="
        " 3 + nps / 50; gap 1.10 = staff 5.00 - 3.90, rounded only here"
    )
    assert [one["on_scale"] for one in found[2]["customers"]] == [None]
