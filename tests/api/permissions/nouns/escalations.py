"""Escalations: what was said has gone up once already."""

from tests.api.permissions.cast import Cast
from tests.api.permissions.shapes import get, make

REASON = {"reason": "Nothing moves."}


async def furnish(cast: Cast) -> None:
    """One escalation."""
    path = cast.path("/annotations/{annotation}/escalate")
    cast.things["escalation"] = (await cast["decision_maker"].made(path, REASON))["id"]


PROBES = {
    "escalateAnnotation": make("/annotations/{annotation}/escalate", REASON, "annotation"),
    "listEscalations": get("/escalations"),
    "getEscalation": get("/escalations/{escalation}", "journey"),
}
