"""Copies and futures of a journey: for whoever may create one and sees the original."""

from tests.api.permissions.shapes import make

PROBES = {
    "copyJourney": make("/journeys/{journey}/copies", {"title": "The same again"}),
    "createFutureJourney": make("/journeys/{journey}/futures", {"title": "As it should be"}),
}
