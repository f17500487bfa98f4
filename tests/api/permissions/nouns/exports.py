"""Exports on stage: whoever reads a journey may take it along."""

from tests.api.permissions.shapes import get

PROBES = {
    "exportJourney": get("/journeys/{journey}/export", "journey"),
}
