"""Editions on stage: one of the journey as it began."""

from tests.api.permissions.cast import Cast
from tests.api.permissions.shapes import change, get, make

PROBES = {
    "publishEdition": make("/journeys/{journey}/editions", {"name": "Spring"}),
    "listEditions": get("/journeys/{journey}/editions", "journey"),
    "getEdition": get("/editions/{edition}", "journey"),
    "restoreEdition": change("POST", "/editions/{edition}/restore"),
    "diffEditions": get("/journeys/{journey}/edition-diff?from=1", "journey"),
}


async def furnish(cast: Cast) -> None:
    """An edition by the owner."""
    path = cast.path("/journeys/{journey}/editions")
    cast.things["edition"] = (await cast["owner"].made(path, {"name": "Winter"}))["id"]
