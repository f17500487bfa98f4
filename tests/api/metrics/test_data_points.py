"""Data points: all or nothing, the last word counts, every fault has its place."""

import hashlib
import json
from typing import Any

from domain.roles import Group
from tests.api.metrics.scene import APRIL, MARCH, NPS, deliver, metric, places, recorded
from tests.api.voices.scene import code
from tests.each import each
from tests.world import World

F, S, D, X = Group


async def test_what_is_said_last_counts_and_what_is_said_again_changes_nothing(
    world: World,
) -> None:
    org = await world.organization()
    made = await metric(org.admin)
    app = {"dimensions": {"channel": "app", "age": "40-49"}}
    first = await recorded(org.admin, made, MARCH | NPS, MARCH | NPS | app)
    assert [first[name] for name in ("recorded", "changed", "unchanged")] == [2, 0, 0]
    swapped = {"dimensions": {"age": "40-49", "channel": "app"}}
    again = await recorded(
        org.admin, made, MARCH | NPS, MARCH | NPS | swapped | {"passives": 0}, APRIL | NPS
    )
    assert [again[name] for name in ("recorded", "changed", "unchanged")] == [1, 1, 1]
    page = await org.admin.read(f"/v1/metrics/{made['id']}/data-points")
    assert [(one["period_to"], one["passives"]) for one in page["items"]] == [
        ("2026-04-30", 25),
        ("2026-03-31", 0),
        ("2026-03-31", 25),
    ]
    assert page["items"][1]["recording_id"] == again["id"]
    assert page["items"][2]["recording_id"] == first["id"]
    assert page["items"][1]["dimensions"] == app["dimensions"]
    assert page["items"][1]["figure"]["value"] == 60.0
    assert page["items"][1]["figure"]["dimensions"] == ["age", "channel"]
    assert page["items"][0]["fives"] is None


async def test_the_digest_is_of_the_lines_as_they_are_written_down(world: World) -> None:
    org = await world.organization()
    made = await metric(org.admin, kind="number", unit="minutes")
    points = [
        MARCH | {"number": 12.5, "dimensions": {"gate": "Zürich", "airline": "A"}},
        APRIL | {"number": 7, "respondents": 3},
    ]
    lines = [
        '{"dimensions":{"airline":"A","gate":"Zürich"},"number":"12.500000",'
        '"period_from":"2026-03-01","period_to":"2026-03-31"}\n',
        '{"dimensions":{},"number":"7.000000","period_from":"2026-04-01",'
        '"period_to":"2026-04-30","respondents":3}\n',
    ]
    wanted = hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()
    first = await recorded(org.admin, made, *points)
    again = await recorded(org.admin, made, *reversed(points))
    assert first["digest"] == again["digest"] == wanted
    assert (again["unchanged"], again["id"] != first["id"]) == (2, True)


RIGHT = {
    "nps": NPS,
    "ces": {"score_sum": 60, "respondents": 10},
    "ratio": {"numerator": 1, "denominator": 2},
    "number": {"number": -1.5},
}
FAULTS: list[tuple[str, dict[str, Any], int, list[tuple[str, str]]]] = [
    ("nps", {"promoters": 1, "passives": 1}, 422, [("missing", "detractors")]),
    ("nps", NPS | {"fives": 3}, 422, [("not_of_kind", "fives")]),
    ("nps", NPS | {"promoters": -1}, 400, [("invalid", "promoters")]),
    ("nps", NPS | {"promoters": "60"}, 400, [("invalid", "promoters")]),
    ("nps", NPS | {"promoters": 2_000_000_000}, 400, [("invalid", "promoters")]),
    ("nps", NPS | {"promotors": 1}, 400, [("unknown_field", "promotors")]),
    ("nps", NPS | {"period_to": "2026-02-30"}, 400, [("invalid", "period_to")]),
    ("nps", NPS | {"period_to": "2026-02-28"}, 422, [("period_ends_early", "period_to")]),
    ("nps", NPS | {"period_from": "0926-03-01"}, 422, [("out_of_range", "period_from")]),
    ("nps", NPS | {"period_to": "2926-03-31"}, 422, [("in_the_future", "period_to")]),
    ("nps", NPS | {"dimensions": {"Channel": "app"}}, 400, [("invalid", "dimensions")]),
    ("ces", {"score_sum": 71, "respondents": 10}, 422, [("impossible_sum", "score_sum")]),
    ("ces", {"score_sum": 9, "respondents": 10}, 422, [("impossible_sum", "score_sum")]),
    ("ratio", {"numerator": 1}, 422, [("missing", "denominator")]),
    ("number", {"number": 1e13}, 400, [("invalid", "number")]),
]


@each("fault", FAULTS)
async def test_a_fault_is_named_by_its_place_and_nothing_is_kept(world: World, fault: Any) -> None:
    kind, wrong, status, wanted = fault
    org = await world.organization()
    made = await metric(org.admin, kind=kind)
    refused = await deliver(org.admin, made, APRIL | RIGHT[kind], MARCH | wrong)
    assert refused.status_code == status, refused.text
    assert places(refused) == [(one, f"#/points/1/{name}") for one, name in wanted]
    assert (await org.admin.read(f"/v1/metrics/{made['id']}/data-points"))["items"] == []


async def test_the_same_point_twice_is_refused_by_both_of_its_places(world: World) -> None:
    org = await world.organization()
    made = await metric(org.admin)
    one = MARCH | NPS | {"dimensions": {"a": "1", "b": "2"}}
    other = MARCH | NPS | {"dimensions": {"b": "2", "a": "1"}}
    refused = await deliver(org.admin, made, MARCH | NPS, one, APRIL | NPS, other)
    assert refused.status_code == 422
    assert places(refused) == [
        ("same_point_twice", "#/points/1"),
        ("same_point_twice", "#/points/3"),
    ]


async def test_nobody_records_but_the_owner_and_whom_the_metric_names(world: World) -> None:
    org = await world.organization()
    owner, recorder = await org.member(F), await org.member(S)
    made = await metric(
        org.admin, owner_id=str(owner.member_id), recorder_ids=[str(recorder.member_id)]
    )
    for who in (owner, recorder):
        await recorded(who, made, MARCH | NPS)
    for who in (org.admin, await org.member(X), await org.member(D)):
        assert code(await deliver(who, made, MARCH | NPS), 403) == "forbidden"
    path = f"/v1/metrics/{made['id']}"
    assert (await org.admin.delete(path, If_Match='"1"')).status_code == 204
    assert code(await deliver(owner, made, MARCH | NPS), 409) == "metric_retired"


async def test_points_are_listed_by_what_they_are_of(world: World) -> None:
    org = await world.organization()
    made = await metric(org.admin)
    tricky = 'x","channel":"app'
    points = [
        month | NPS | {"dimensions": dimensions}
        for month in (MARCH, APRIL)
        for dimensions in ({}, {"channel": "app"}, {"channel": "app", "age": "40"}, {"age": tricky})
    ]
    await recorded(org.admin, made, *points)
    path = f"/v1/metrics/{made['id']}/data-points"

    async def listed(query: str) -> list[tuple[str, dict[str, str]]]:
        found, cursor = [], ""
        while True:
            page = await org.admin.read(f"{path}?limit=3&{query}{cursor}")
            found += [(one["period_to"][5:7], one["dimensions"]) for one in page["items"]]
            if page["next_cursor"] is None:
                return found
            cursor = f"&cursor={page['next_cursor']}"

    everything = await listed("")
    assert [month for month, _ in everything] == ["04"] * 4 + ["03"] * 4
    assert len({json.dumps(one) for one in everything}) == 8
    assert len(await listed("dimension=channel:app")) == 4
    both = await listed("dimension=channel:app&dimension=age:40&from=2026-04-01")
    assert both == [("04", {"age": "40", "channel": "app"})]
    assert {month for month, _ in await listed("to=2026-03-31")} == {"03"}
    for wrong in ("channel", ":app", "channel:", "channel:app&dimension=channel:web"):
        assert code(await org.admin.get(f"{path}?dimension={wrong}"), 400) == "invalid_dimension"


async def test_ten_thousand_points_at_once_are_one_entry(world: World) -> None:
    org = await world.organization()
    made = await metric(org.admin)
    points = [
        month | NPS | {"dimensions": {"shop": f"shop {number}"}}
        for month in (MARCH, APRIL)
        for number in range(5_000)
    ]
    done = await deliver(org.admin, made, *points, source="Survey tool")
    assert done.status_code == 200, done.text
    assert (done.json()["recorded"], done.json()["points"]) == (10_000, 10_000)
    events = (await org.admin.read("/v1/organization/events?limit=100"))["items"]
    assert [one["verb"] for one in events if one["verb"].startswith("metric.")] == [
        "metric.created",
        "metric.recorded",
    ]
    newest = (await org.admin.read(f"/v1/metrics/{made['id']}"))["newest"]
    assert (newest["n"], newest["points"], newest["dimensions"]) == (500_000, 5_000, ["shop"])
    assert newest["value"] == 45.0
