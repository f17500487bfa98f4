"""The participation of a journey: whoever sees the journey reads it."""

from tests.api.permissions.shapes import get

PROBES = {"getParticipation": get("/journeys/{journey}/participation", "journey")}
