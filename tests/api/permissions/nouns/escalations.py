"""Escalations: what was said has gone up once already, and something else too."""

from tests.api.permissions.cast import Cast
from tests.api.permissions.shapes import get, make

REASON = {"reason": "Nothing moves."}


async def furnish(cast: Cast) -> None:
    """One escalation of what is on stage, and one more."""
    said = {"subject_id": cast.things["touchpoint"], "kind": "issue", "body": "Too far."}
    other = (await cast["author"].made("/v1/annotations", said))["id"]
    for annotation in (other, cast.things["annotation"]):
        path = f"/v1/annotations/{annotation}/escalate"
        cast.things["escalation"] = (await cast["decision_maker"].made(path, REASON))["id"]


PROBES = {
    "escalateAnnotation": make("/annotations/{annotation}/escalate", REASON, "annotation"),
    "listEscalations": get("/escalations"),
    "getEscalation": get("/escalations/{escalation}", "journey"),
}
