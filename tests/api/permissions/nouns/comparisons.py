"""A journey beside its future: everybody who sees both may compare them, and draft from that."""

from tests.api.permissions.cast import Cast
from tests.api.permissions.shapes import get, make

PROBES = {
    "compareJourneys": get("/journeys/{journey}/comparison?with={future_journey}", "journey"),
    "draftOpportunities": make(
        "/journeys/{journey}/comparison/opportunities?with={future_journey}", {}
    ),
}


async def furnish(cast: Cast) -> None:
    """A journey to compare with that everybody sees."""
    future = await cast.org.journey(owner=cast["owner"], state="future")
    cast.things["future_journey"] = str(future)
