"""Pictures of a journey."""

from tests.api.permissions.shapes import get

PROBES = {
    "getPicture": get("/journeys/{journey}/pictures/journey_map", "journey"),
    "getBoardPack": get("/journeys/{journey}/board-pack", "journey"),
}
