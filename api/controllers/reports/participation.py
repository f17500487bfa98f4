"""Who was asked and who has spoken, over HTTP."""

from uuid import UUID

from litestar import Controller, get
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.schemas.reports.participation import Participation, participation
from domain.queries.reports import participation as queries
from domain.roles import May


class ParticipationController(Controller):
    """Silence as data."""

    tags = ["Reports"]

    @get("/journeys/{journey_id:uuid}/participation", may=May.READ_JOURNEY)
    async def get_participation(
        self, tx: Db, actor: By, journey_id: FromPath[UUID]
    ) -> Participation:
        """Who was asked for input and what became of it: department by group by stage.

        It counts people, never what they rated. Whoever compares two readings sees that somebody
        of a small group has spoken in between.
        """
        return participation(await queries.participation(tx, actor, journey_id))
