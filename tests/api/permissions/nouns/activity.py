"""Activity: everybody reads what they see of it."""

from tests.api.permissions.shapes import get

PROBES = {
    "listJourneyActivity": get("/journeys/{journey}/activity", "journey"),
    "listMemberActivity": get("/members/{member}/activity"),
    "listDepartmentActivity": get("/departments/{department}/activity"),
}
