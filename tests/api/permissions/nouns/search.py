"""Searching on stage."""

from tests.api.permissions.shapes import get

PROBES = {"search": get("/search?q=call")}
