"""What a document may hold is what may be said otherwise, and no more."""

from copy import deepcopy
from typing import Any

import pytest

from tests.api.exchange.full import FULL
from tests.world import World

POINT = "#/metrics/0/data_points/0"
CASES: list[tuple[str, str, Any]] = [
    ("#/actions/0/due_on", "out_of_range", "9999-12-31"),
    ("#/outcomes/0/actual_to", "out_of_range", "0001-01-01"),
    ("#/outcomes/0/actual_from", "periods_overlap", "2026-01-31"),
    ("#/outcomes/0/actual", "invalid", "1000000000.000001"),
    ("#/outcomes/0/measure", "invalid", ""),
    ("#/metrics/0/unit", "invalid", "x" * 41),
    ("#/metrics/0/links/0/dimension", "invalid", "x" * 41),
    (f"{POINT}/from", "out_of_range", "1899-12-31"),
    (f"{POINT}/promoters", "invalid", 9_000_000_000_000_000),
    (f"{POINT}/dimensions", "invalid", {f"d{n}": "x" for n in range(6)}),
    (f"{POINT}/dimensions", "invalid", {"Not a name": "x"}),
    (f"{POINT}/dimensions", "invalid", {"shift": ""}),
    ("#/moments/0/value_at_risk", "invalid", 1_000_000_000_001),
    ("#/evidence/0/url", "invalid", "javascript:alert(1)"),
    ("#/findings/0/status_note", "invalid", "x" * 501),
]


def holding(pointer: str, value: Any) -> dict[str, Any]:
    """The document with one value put in."""
    evidence = [{"key": "v", "about": "finding:late", "kind": "survey"}]
    whole: Any = deepcopy(FULL) | {"evidence": evidence}
    one: Any = whole
    *way, last = pointer.removeprefix("#/").split("/")
    for step in way:
        one = one[int(step)] if step.isdigit() else one[step]
    one[last] = value
    return dict(whole)


async def test_bounds_are_those_of_the_other_ways_in(world: World) -> None:
    org = await world.organization()
    found = []
    for pointer, _, value in CASES:
        reply = await org.admin.post("/v1/journeys/import?dry_run=true", holding(pointer, value))
        faults = reply.json().get("errors", ())
        found += [next(((p, f["code"]) for f in faults if (p := pointer) in f["pointer"]), None)]
    assert found == [(pointer, code) for pointer, code, _ in CASES]


@pytest.mark.parametrize(
    ("column", "cell"),
    [("dimension.Not a name", "x"), ("dimension.line", "x" * 101)],
)
async def test_dimensions_of_a_table_are_bounded_as_well(
    world: World, column: str, cell: str
) -> None:
    org = await world.organization()
    made = (await org.admin.post("/v1/journeys/import", FULL)).json()["journey_id"]
    text = (
        f"metric,from,to,promoters,passives,detractors,{column}\n"
        f"Riders,2026-02-01,2026-02-28,1,1,1,{cell}\n"
    )
    body = {"table": "data_points", "csv": text}
    reply = await org.admin.post(f"/v1/journeys/{made}/csv-imports", body)
    assert reply.status_code == 422, reply.text
