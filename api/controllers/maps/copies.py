"""Copies and futures of journeys, over HTTP."""

from uuid import UUID

from litestar import Controller, Response, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.replies import created
from api.schemas.base import changes
from api.schemas.maps.copies import JourneyCopy, JourneyFuture
from api.schemas.maps.journeys import Journey, journey
from domain.queries.maps import journeys as queries
from domain.roles import May
from domain.services.maps import copies


class CopyController(Controller):
    """The same map again: for somebody else, or for another time."""

    tags = ["Maps"]

    @post("/journeys/{journey_id:uuid}/copies", may=May.CREATE_JOURNEY)
    async def copy_journey(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], data: JSONBody[JourneyCopy]
    ) -> Response[Journey]:
        """Copy a journey you can see, with all that stands on its map. The copy is your own draft.

        Stages, lanes, cells, touchpoints and emotions are copied, and what touchpoints open into;
        not what members said, rated, found or answer for, and no moments. Each piece remembers what
        it was first copied from, so that `compareJourneys` can pair them. A restricted journey's
        copy is restricted.
        """
        made = await copies.copy(tx, actor, journey_id, changes(data))
        row = await queries.journey(tx, actor, made.id)
        return created(journey(row, actor), f"/v1/journeys/{made.id}")

    @post("/journeys/{journey_id:uuid}/futures", may=May.CREATE_JOURNEY, problems=(409,))
    async def create_future_journey(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], data: JSONBody[JourneyFuture]
    ) -> Response[Journey]:
        """Draw the future of a current journey: a full copy, to be changed into what is to become.

        `compareJourneys` then tells what you changed, `draftOpportunities` makes work of it.
        """
        made = await copies.create_future(tx, actor, journey_id, data.title)
        row = await queries.journey(tx, actor, made.id)
        return created(journey(row, actor), f"/v1/journeys/{made.id}")
