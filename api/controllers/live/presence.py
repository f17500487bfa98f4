"""Presence over HTTP."""

from uuid import UUID

from litestar import Controller, get
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.schemas.live.streams import StreamPresence, stream_presence
from domain.queries.live import presences
from domain.roles import May


class PresenceController(Controller):
    """Who is there."""

    tags = ["Live"]

    @get("/journeys/{journey_id:uuid}/presence", may=May.READ_JOURNEY)
    async def list_presence(self, tx: Db, actor: By, journey_id: FromPath[UUID]) -> StreamPresence:
        """List who has the journey open at this moment and lets it be seen.

        Those are the members with an open streamJourney, but for who said `presence=off`. At most
        200, those who came first.
        """
        return stream_presence(await presences.in_journey(tx, actor, journey_id))
