"""Cells: one where the lane on stage crosses the touchpoint on stage."""

from tests.api.permissions.cast import Cast
from tests.api.permissions.shapes import get

PROBES = {"getCell": get("/cells/{cell}", "journey")}


async def furnish(cast: Cast) -> None:
    """A cell."""
    written = {"touchpoint_id": cast.things["touchpoint"], "body": "So."}
    path = cast.path("/lanes/{lane}/cells")
    reply = await cast["owner"].put(path, written, If_Match='"0"')
    assert reply.status_code == 200, reply.text
    cast.things["cell"] = reply.json()["id"]
