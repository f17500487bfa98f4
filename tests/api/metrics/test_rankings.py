"""Ranking by what customers reported: the worst first, every touchpoint, and as it was."""

from typing import Any

from tests.api.metrics.scene import metric, recorded
from tests.api.reports.ground import Ground, ground
from tests.api.voices.scene import code
from tests.world import World

JANUARY = {"period_from": "2026-01-01", "period_to": "2026-01-31"}
JUNE = {"period_from": "2026-06-01", "period_to": "2026-06-30"}


def csat(good: int, n: int, **dimensions: str) -> dict[str, Any]:
    """So many of n gave a five, the others a one."""
    counts = {"ones": n - good, "twos": 0, "threes": 0, "fours": 0, "fives": good}
    return {"dimensions": dimensions, **counts}


async def satisfied(place: Ground, aspect: str, **shares: int) -> dict[str, Any]:
    """A csat of 100 answers for each step, linked to the touchpoint of its number."""
    made = await metric(place.owner, kind="csat", name=aspect)
    points = [JANUARY | csat(good, 100, step=step) for step, good in shares.items()]
    await recorded(place.owner, made, *points)
    for step in shares:
        part = {"dimension": "step", "value": step, "aspect": aspect}
        subject = {"subject_id": place.touchpoints[int(step[1:])]}
        await place.owner.made(f"/v1/metrics/{made['id']}/links", part | subject)
    return made


async def ranked(place: Ground, query: str) -> dict[str, Any]:
    return await place.owner.read(f"{place.path}/moments?model={query}")


def lines(found: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    return [(one["touchpoint_id"], one["rank"], one["score"]) for one in found["items"]]


async def test_the_worst_stands_first_and_what_is_not_measured_last(world: World) -> None:
    place = await ground(world, 4)
    a, b, c, d = place.touchpoints
    assert lines(await ranked(place, "customer_metric"))[0] == (a, None, None)
    made = await satisfied(place, "satisfaction", t0=80, t2=40, t1=90)
    other = await metric(place.owner, name="Other")
    await place.owner.made(f"/v1/metrics/{other['id']}/links", {"subject_id": d})
    found = await ranked(place, "customer_metric")
    assert lines(found) == [(c, 1, 40.0), (a, 2, 80.0), (b, 3, 90.0), (d, None, None)]
    assert (found["metric"]["id"], found["score_from"], found["score_to"]) == (made["id"], 0, 100)
    assert found["along_the_journey"]["mean"] == 70.0
    assert found["items"][3]["explanation"] == "not measured: no metric that says so is linked"
    asked = await ranked(place, f"customer_metric&metric_id={other['id']}")
    assert asked["items"][0]["explanation"].startswith("not measured")
    only = await ranked(place, "customer_metric&over=moments")
    assert only["items"] == []
    wrong = f"{place.path}/moments?model=ulwick&metric_id={other['id']}"
    assert code(await place.owner.get(wrong), 400) == "metric_without_model"
    nowhere = f"{place.path}/moments?model=customer_metric&metric_id={place.journey}"
    assert code(await place.owner.get(nowhere), 404)
    assert (await place.owner.read(f"{place.path}/moments"))["metric"] is None


async def test_the_past_is_what_had_been_measured_by_then(world: World) -> None:
    place = await ground(world, 1)
    made = await metric(place.owner, kind="csat")
    path = f"/v1/metrics/{made['id']}/links"
    await place.owner.made(path, {"subject_id": place.touchpoints[0]})
    await recorded(place.owner, made, JANUARY | csat(50, 100), JUNE | csat(80, 100))
    query = "customer_metric&include=previous&since=2026-03-01T00:00:00Z"
    [line] = (await ranked(place, query))["items"]
    assert (line["score"], line["previous"]["score"]) == (80.0, None)
    assert line["previous"]["explanation"] == "was not ranked then"


async def test_small_ratios_are_ranked_by_what_is_shown(world: World) -> None:
    place = await ground(world, 2)
    a, b = place.touchpoints
    made = await metric(place.owner, kind="ratio", name="Errors", better="lower")
    for subject, errors, before, step in ((a, 112, 100, "a"), (b, 149, 150, "b")):
        counted = {"dimensions": {"step": step}, "denominator": 10_000}
        then, now = {"numerator": before}, {"numerator": errors}
        await recorded(place.owner, made, JANUARY | counted | then, JUNE | counted | now)
        link = {"subject_id": subject, "dimension": "step", "value": step}
        await place.owner.made(f"/v1/metrics/{made['id']}/links", link)
    found = await ranked(place, "customer_metric")
    assert lines(found) == [(b, 1, 0.0149), (a, 2, 0.0112)]
    along = found["along_the_journey"]
    assert (along["mean"], along["peak"], along["end"]) == (0.01305, 0.0149, 0.0149)
    assert along["explanation"] == (
        "mean 0.01305 = 0.0261 / 2 touchpoints;"
        " peak-end 0.0149 = (0.0149 at the peak + 0.0149 at the end) / 2"
    )


async def test_ulwick_takes_importance_and_satisfaction_together(world: World) -> None:
    place = await ground(world, 4)
    a, b, c, d = place.touchpoints
    await satisfied(place, "importance", t0=90, t1=90, t2=50)
    await satisfied(place, "satisfaction", t0=30, t1=90, t2=80, t3=10)
    found = await ranked(place, "ulwick")
    assert lines(found) == [(a, 1, 15.0), (b, 2, 9.0), (c, 3, 5.0), (d, None, None)]
    assert [one["band"] for one in found["items"]] == ["solid", "served", "served", None]
    assert found["items"][3]["explanation"] == (
        "no score: no csat metric is linked that measures importance"
    )
    assert (found["score_from"], found["score_to"], found["metric"]) == (0, 20, None)
