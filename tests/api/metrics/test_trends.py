"""Trends: put together from components, by the calendar, by parts, and never twice."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.rules.trends import Bucket, last_day
from tests.api.metrics.scene import NPS, metric, recorded
from tests.api.voices.scene import code
from tests.world import World


def over(begins: str, ends: str, **components: Any) -> dict[str, Any]:
    return {"period_from": begins, "period_to": ends} | components


def told(trend: dict[str, Any], *names: str) -> dict[str | None, list[tuple[Any, ...]]]:
    """Of each part the first days of its buckets and their values, with other fields by name."""
    return {
        series["part"]: [
            (one["begins_on"], one["figure"]["value"], *(one[name] for name in names))
            for one in series["steps"]
        ]
        for series in trend["series"]
    }


async def test_weeks_become_months_and_quarters_exactly(world: World) -> None:
    org = await world.organization()
    made = await metric(org.admin, kind="ratio", unit="%", better="lower", target=25)
    await recorded(
        org.admin,
        made,
        over("2026-01-05", "2026-01-11", numerator=1, denominator=3),
        over("2026-01-26", "2026-02-01", numerator=10, denominator=20),
        over("2026-02-02", "2026-02-08", numerator=0, denominator=20),
        over("2026-04-06", "2026-04-12", numerator=30, denominator=100),
        over("2026-01-01", "2026-03-31", numerator=999, denominator=999),
    )
    path = f"/v1/metrics/{made['id']}/trend"
    months = await org.admin.read(path)
    assert told(months, "change", "direction", "target_reached") == {
        None: [
            ("2026-01-01", 33.333333, None, None, False),
            ("2026-02-01", 25.0, -8.333333, "better", True),
            ("2026-04-01", 30.0, 5.0, "worse", False),
        ]
    }
    assert months["left_out"] == 1
    assert months["series"][0]["steps"][1]["ends_on"] == "2026-02-28"
    assert months["series"][0]["steps"][1]["figure"]["period_from"] == "2026-01-26"
    late = await org.admin.read(f"{path}?bucket=quarter&from=2026-01-05")
    assert told(late) == {None: [("2026-01-01", 25.581395), ("2026-04-01", 30.0)]}
    periods = await org.admin.read(f"{path}?bucket=period&to=2026-02-08")
    assert [one[0] for one in told(periods)[None]] == ["2026-01-05", "2026-01-26", "2026-02-02"]
    assert code(await org.admin.get(f"{path}?bucket=week"), 400)


async def test_the_whole_is_not_counted_with_its_parts(world: World) -> None:
    org = await world.organization()
    made = await metric(org.admin)
    march, april = ("2026-03-01", "2026-03-31"), ("2026-04-01", "2026-04-30")
    half = {"promoters": 30, "passives": 10, "detractors": 10}
    await recorded(
        org.admin,
        made,
        over(*march, **NPS),
        over(*march, **half, dimensions={"channel": "app"}),
        over(*march, **NPS, dimensions={"channel": "web"}),
        over(*april, **half, dimensions={"channel": "app"}),
        over(*april, **NPS, dimensions={"channel": "web"}),
        over(*april, **NPS, dimensions={"region": "north"}),
        over(*april, **NPS, dimensions={"channel": "web", "region": "north"}),
    )
    path = f"/v1/metrics/{made['id']}/trend"
    both = await org.admin.read(path)
    assert told(both) == {None: [("2026-03-01", 45.0), ("2026-04-01", 43.33)]}
    assert [one["figure"]["n"] for one in both["series"][0]["steps"]] == [100, 150]
    assert [one["figure"]["dimensions"] for one in both["series"][0]["steps"]] == [[], ["channel"]]
    parts = await org.admin.read(f"{path}?group_by=channel")
    assert told(parts) == {
        "app": [("2026-03-01", 40.0), ("2026-04-01", 40.0)],
        "web": [("2026-03-01", 45.0), ("2026-04-01", 45.0)],
    }
    assert parts["series"][0]["steps"][1]["direction"] == "same"
    web = await org.admin.read(f"{path}?dimension=channel:web&group_by=region")
    assert told(web) == {"north": [("2026-04-01", 45.0)]}
    assert (await org.admin.read(f"{path}?group_by=shoe"))["series"] == []


async def test_numbers_are_weighted_or_the_newest(world: World) -> None:
    org = await world.organization()
    made = await metric(org.admin, kind="number", unit="min")
    await recorded(
        org.admin,
        made,
        over("2026-03-01", "2026-03-10", number=10, respondents=30),
        over("2026-03-11", "2026-03-20", number=20, respondents=10),
        over("2026-04-01", "2026-04-10", number=10, respondents=30),
        over("2026-04-11", "2026-04-20", number=7.5),
    )
    months = await org.admin.read(f"/v1/metrics/{made['id']}/trend")
    assert told(months) == {None: [("2026-03-01", 12.5), ("2026-04-01", 7.5)]}
    assert [one["figure"]["n"] for one in months["series"][0]["steps"]] == [40, 1]


async def test_what_is_small_is_told_to_its_last_decimal(world: World) -> None:
    org = await world.organization()
    per_order = await metric(org.admin, kind="ratio", name="Errors per order", target=0.0149)
    await recorded(
        org.admin,
        per_order,
        over("2026-03-01", "2026-03-31", numerator=112, denominator=10_000),
        over("2026-04-01", "2026-04-30", numerator=149, denominator=10_000),
    )
    found = await org.admin.read(f"/v1/metrics/{per_order['id']}/trend")
    assert told(found) == {None: [("2026-03-01", 0.0112), ("2026-04-01", 0.0149)]}
    last = found["series"][0]["steps"][1]
    assert (last["change"], last["direction"], last["target_reached"]) == (0.0037, "better", True)
    assert last["figure"]["explanation"] == "ratio 0.0149 = 149 / 10000"
    number = await metric(org.admin, kind="number", name="Share")
    await recorded(org.admin, number, over("2026-03-01", "2026-03-31", number=0.0015))
    await recorded(org.admin, number, over("2026-04-01", "2026-04-30", number=0.004))
    lines = (await org.admin.read("/v1/scorecard"))["items"]
    assert [(one["newest"]["value"], one["change"]) for one in lines] == [
        (0.004, 0.0025),
        (0.0149, 0.0037),
    ]
    assert lines[0]["previous"]["inputs"][0] == {"name": "newest", "value": 0.0015}


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.sampled_from(list(Bucket)[:3]))
def test_buckets_of_the_calendar_meet_without_a_gap(day: date, bucket: Bucket) -> None:
    length = {Bucket.MONTH: 1, Bucket.QUARTER: 3, Bucket.YEAR: 12}[bucket]
    begins = day.replace(day=1, month=(day.month - 1) // length * length + 1)
    ends = last_day(bucket, begins)
    assert begins <= day <= ends
    after = date.fromordinal(ends.toordinal() + 1)
    assert (after.day, (after.month - 1) % length) == (1, 0)
