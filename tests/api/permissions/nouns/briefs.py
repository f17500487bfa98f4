"""What departments answer for: everybody reads it, as far as they see the journeys."""

from tests.api.permissions.shapes import get

PROBES = {
    "listDepartmentTouchpoints": get("/departments/{department}/touchpoints"),
    "getDepartmentBrief": get("/departments/{department}/brief"),
}
