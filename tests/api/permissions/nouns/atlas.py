"""The atlas: everybody reads what they see of it."""

from tests.api.permissions.shapes import get

PROBES = {"getAtlas": get("/atlas")}
