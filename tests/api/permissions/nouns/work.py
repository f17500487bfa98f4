"""Work: everybody reads their own."""

from tests.api.permissions.shapes import own

PROBES = {
    "getMyWork": own("GET", "/me/work"),
    "getMyWorkCounts": own("GET", "/me/work/counts"),
}
