"""The runaround of a journey over HTTP."""

from uuid import UUID

from litestar import Controller, get
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.schemas.reports.runaround import Runaround, runaround_of
from domain.queries.maps.places import place
from domain.queries.reports.runaround import in_order
from domain.roles import May


class RunaroundController(Controller):
    """Who hands a customer to whom on the way through a journey."""

    tags = ["Reports"]

    @get("/journeys/{journey_id:uuid}/runaround", may=May.READ_JOURNEY)
    async def get_runaround(self, tx: Db, actor: By, journey_id: FromPath[UUID]) -> Runaround:
        """How often a journey hands its customer from one department to another.

        Two touchpoints that follow each other on the map and have different responsible
        departments are a handoff.
        """
        await place(tx, actor, journey_id)
        return runaround_of(await in_order(tx, actor, journey_id), journey_id)
