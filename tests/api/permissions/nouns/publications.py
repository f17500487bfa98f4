"""A publication on stage: laid before frontline staff and a department."""

from typing import Any

from tests.api.permissions.cast import Cast
from tests.api.permissions.shapes import get, make, own
from tests.world import Caller


def audience(cast: Cast) -> dict[str, Any]:
    """Everybody of the stage who is frontline staff, and the department."""
    return {"groups": ["frontline_staff"], "department_ids": [cast.things["department"]]}


async def fresh_publication(cast: Cast, _: Caller) -> dict[str, str]:
    """Something laid before everybody just now."""
    path = cast.path("/journeys/{journey}/publications")
    return {"publication": (await cast["owner"].made(path, {"everyone": True}))["id"]}


PROBES = {
    "publishJourney": make("/journeys/{journey}/publications", audience),
    "listPublications": get("/journeys/{journey}/publications", "journey"),
    "getPublication": get("/publications/{publication}", "journey"),
    "acknowledgePublication": own(
        "PUT", "/publications/{publication}/receipt", None, fresh_publication
    ),
    "revisitJourney": make("/journeys/{journey}/revisits", {"outcome": "still_true"}),
    "listRevisits": get("/journeys/{journey}/revisits", "journey"),
}


async def furnish(cast: Cast) -> None:
    """A publication by the owner."""
    path = cast.path("/journeys/{journey}/publications")
    made = await cast["owner"].made(path, audience(cast))
    cast.things["publication"] = made["id"]
