"""Journeys that open into one another: one more journey on stage, for a touchpoint to open into."""

from tests.api.permissions.cast import Cast
from tests.api.permissions.shapes import change, get

PROBES = {
    "openIntoJourney": change(
        "PUT",
        "/touchpoints/{touchpoint}/child-journey",
        lambda cast: {"journey_id": cast.things["child_journey"]},
    ),
    "closeChildJourney": change("DELETE", "/touchpoints/{touchpoint}/child-journey"),
    "getJourneyTree": get("/journeys/{journey}/tree", "journey"),
}


async def furnish(cast: Cast) -> None:
    """A journey that hangs on nothing yet."""
    cast.things["child_journey"] = str(await cast.org.journey(owner=cast["owner"]))
