"""Streams, who is there, and the tickets."""

from uuid import UUID

from domain.clock import now
from domain.ids import new_id
from domain.services.live import presences
from domain.services.live.presences import There
from tests.api.permissions.cast import Cast
from tests.api.permissions.shapes import get, own

PROBES = {
    "streamJourney": get("/journeys/{journey}/stream", "journey"),
    "streamOrganization": get("/organization/stream"),
    "listPresence": get("/journeys/{journey}/presence", "journey"),
    "createStreamTicket": own("POST", "/stream-tickets"),
}


async def furnish(cast: Cast) -> None:
    """Somebody has the journey open, and somebody is about to."""
    owner = cast["owner"]
    there = There(new_id(), UUID(cast.things["journey"]), owner.member_id, now())
    async with cast.org.world.database.transaction(cast.org.id) as tx:
        await presences.keep(tx, [there])
    assert (await owner.post("/v1/stream-tickets")).status_code == 200
