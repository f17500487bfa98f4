"""Metrics on stage: one of the journey, owned and recorded by people without a say in it."""

from domain.roles import Relation
from tests.api.permissions.cast import JOURNEY_TIES, Cast, unique
from tests.api.permissions.shapes import Probe, change, get, make
from tests.world import Caller

TIES = {
    "metric": JOURNEY_TIES | {"author": Relation.METRIC_OWNER, "assignee": Relation.RECORDER},
}
POINT = {
    "period_from": "2026-03-01",
    "period_to": "2026-03-31",
    "dimensions": {"channel": "app"},
    "promoters": 6,
    "passives": 2,
    "detractors": 2,
}


def metric(cast: Cast) -> dict[str, object]:
    """A metric of the journey, owned by the author and recorded by the assignee too."""
    return {
        "name": unique("Would recommend"),
        "kind": "nps",
        "journey_id": cast.things["journey"],
        "owner_id": str(cast["author"].member_id),
        "recorder_ids": [str(cast["assignee"].member_id)],
    }


def linking(cast: Cast) -> dict[str, str]:
    """What a metric is to be linked to."""
    return {"subject_id": cast.things["touchpoint"]}


async def fresh_metric(cast: Cast, _: Caller) -> dict[str, str]:
    """A metric that is linked to nothing."""
    return {"loose_metric": (await cast["owner"].made("/v1/metrics", metric(cast)))["id"]}


PROBES = {
    "listMetrics": get("/metrics"),
    "createMetric": make("/metrics", metric),
    "getMetric": get("/metrics/{metric}", "metric"),
    "updateMetric": change("PATCH", "/metrics/{metric}", {"target": 50}, "metric"),
    "retireMetric": change("DELETE", "/metrics/{metric}", None, "metric"),
    "recordDataPoints": make("/metrics/{metric}/data-points", {"points": [POINT]}, "metric"),
    "linkMetric": Probe(
        "POST", "/metrics/{loose_metric}/links", linking, "journey", fresh=fresh_metric
    ),
    "getScorecard": get("/scorecard"),
    "getDropOffFunnel": get("/journeys/{journey}/funnel", "journey"),
    "getBeliefs": get("/journeys/{journey}/beliefs", "journey"),
    "getMetricTrend": get("/metrics/{metric}/trend", "metric"),
    "listMetricLinks": get("/metric-links"),
    "getMetricLink": get("/metric-links/{metric_link}", "journey"),
    "unlinkMetric": change("DELETE", "/metric-links/{metric_link}"),
    "listDataPoints": get("/metrics/{metric}/data-points", "metric"),
}


async def furnish(cast: Cast) -> None:
    """A metric with data points and links, and one without."""
    made = await cast["owner"].made("/v1/metrics", metric(cast))
    cast.things["metric"] = made["id"]
    path = cast.path("/metrics/{metric}/data-points")
    april = {"period_from": "2026-04-01", "period_to": "2026-04-30"}
    recorded = await cast["author"].post(path, {"points": [POINT, POINT | april]})
    assert recorded.status_code == 200, recorded.text
    path = cast.path("/metrics/{metric}/links")
    cast.things["metric_link"] = (await cast["owner"].made(path, linking(cast)))["id"]
    await cast["owner"].made(path, {"subject_id": cast.things["journey"]})
    cast.things |= await fresh_metric(cast, cast["owner"])
