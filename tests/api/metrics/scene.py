"""What tests of metrics begin with."""

from typing import Any

import httpx

from tests.world import Caller

MARCH = {"period_from": "2026-03-01", "period_to": "2026-03-31"}
APRIL = {"period_from": "2026-04-01", "period_to": "2026-04-30"}
NPS = {"promoters": 60, "passives": 25, "detractors": 15}


async def metric(who: Caller, **fields: Any) -> dict[str, Any]:
    """A metric, nps unless `fields` say otherwise."""
    return await who.made("/v1/metrics", {"name": "Would recommend us", "kind": "nps"} | fields)


async def deliver(
    who: Caller, metric: dict[str, Any], *points: dict[str, Any], **more: Any
) -> httpx.Response:
    """Data points of a metric."""
    path = f"/v1/metrics/{metric['id']}/data-points"
    return await who.post(path, {"points": list(points), **more})


async def recorded(who: Caller, metric: dict[str, Any], *points: dict[str, Any]) -> dict[str, Any]:
    """The same, where it must succeed."""
    reply = await deliver(who, metric, *points)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def places(reply: httpx.Response) -> list[tuple[str, str]]:
    """Code and pointer of each fault."""
    return [(one["code"], one["pointer"]) for one in reply.json()["errors"]]
