"""Reports of what groups and customers feel."""

from tests.api.permissions.shapes import get

PROBES = {
    "getPerceptionGap": get("/journeys/{journey}/perception-gap", "journey"),
    "getEmotionCurve": get("/journeys/{journey}/emotion-curve", "journey"),
}
