"""The overview: everybody reads what they see of it, and says for themselves that they have."""

from tests.api.permissions.shapes import get, own

PROBES = {
    "getOverview": get("/overview"),
    "markOverviewSeen": own("POST", "/overview/seen"),
}
