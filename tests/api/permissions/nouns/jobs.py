"""Jobs on stage: everybody sees their own, and no one else's."""

from domain.roles import May
from tests.api.permissions.cast import Cast
from tests.api.permissions.shapes import Probe, make, own
from tests.world import Caller


async def fresh_job(cast: Cast, caller: Caller) -> dict[str, str]:
    """A job that the caller has just asked for."""
    reply = await caller.post("/v1/jobs/exports", {"journey_id": cast.things["journey"]})
    assert reply.status_code == 202, reply.text
    return {"job": reply.json()["id"]}


PROBES = {
    "requestExport": make(
        "/jobs/exports", lambda cast: {"journey_id": cast.things["journey"]}, "journey"
    ),
    "requestImport": Probe("POST", "/jobs/imports", {"document": {}}, may=May.CREATE_JOURNEY),
    "listJobs": own("GET", "/jobs"),
    "getJob": own("GET", "/jobs/{job}", fresh=fresh_job),
    "cancelJob": own("POST", "/jobs/{job}/cancel", fresh=fresh_job),
    "getJobResult": own("GET", "/jobs/{job}/result", fresh=fresh_job),
}


async def furnish(cast: Cast) -> None:
    """A job of the owner's."""
    cast.things |= await fresh_job(cast, cast["owner"])
