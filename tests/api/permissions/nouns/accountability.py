"""Who answers for what: everybody reads what they see of it."""

from tests.api.permissions.shapes import get

PROBES = {
    "getAccountability": get("/journeys/{journey}/accountability", "journey"),
    "getOrganizationAccountability": get("/accountability"),
}
