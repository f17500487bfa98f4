"""Reports: everybody reads those of what they see."""

from tests.api.permissions.shapes import get

PROBES = {
    "getRunaround": get("/journeys/{journey}/runaround", "journey"),
}
