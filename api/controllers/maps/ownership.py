"""Who owns a journey, over HTTP."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import found
from api.schemas.base import present
from api.schemas.maps.journeys import (
    JourneyOwner,
    JourneyOwnerPage,
    JourneyTransfer,
    journey_owner_page,
)
from api.schemas.pages import Paging
from domain.queries.maps import orphans
from domain.roles import May
from domain.services.maps import ownership


class OwnershipController(Controller):
    """One member is accountable for each journey."""

    tags = ["Maps"]

    @post(
        "/journeys/{journey_id:uuid}/transfer",
        may=May.TRANSFER_JOURNEY,
        status_code=200,
        problems=(409,),
    )
    async def transfer_journey(
        self,
        tx: Db,
        actor: By,
        journey_id: FromPath[UUID],
        data: JSONBody[JourneyTransfer],
        expected: Expected,
    ) -> Response[JourneyOwner]:
        """Hand a journey over to another active member; the owner until now stays as an editor.

        Executives may hand over what `listOrphanedJourneys` shows although they cannot see it.
        """
        journey = await ownership.transfer(tx, actor, journey_id, data.member_id, expected)
        return found(present(JourneyOwner, journey))

    @get("/journeys/orphaned", may=May.LIST_ORPHANED_JOURNEYS)
    async def list_orphaned_journeys(self, tx: Db, actor: By, page: Paging) -> JourneyOwnerPage:
        """List restricted journeys and drafts whose owner is suspended, for handing them over."""
        return journey_owner_page(await orphans.list_orphans(tx, actor, page))
