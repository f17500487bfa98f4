"""The status of journeys and their lock, over HTTP."""

from uuid import UUID

from litestar import Controller, Response, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import found
from api.schemas.maps.journeys import Journey, JourneyMove, journey
from domain.queries.maps import journeys as queries
from domain.roles import May
from domain.services.maps import transitions


class TransitionController(Controller):
    """How far along a journey is, and whether it is closed for a while."""

    tags = ["Maps"]

    @post(
        "/journeys/{journey_id:uuid}/transition",
        may=May.RETURN_TO_DRAFT,
        status_code=200,
        problems=(409,),
    )
    async def transition_journey(
        self,
        tx: Db,
        actor: By,
        journey_id: FromPath[UUID],
        data: JSONBody[JourneyMove],
        expected: Expected,
    ) -> Response[Journey]:
        """Move the status: draft, in review, approved, published.

        Back to draft from each, to the archive from any, and from there only to the status before.
        Moving to review is for the owner alone. A draft is seen by its owner and grantees only.

        Approved and published take the sign-offs that the rules of the journey and of its moments
        ask for; `errors` lists what is missing. An executive can override that with a reason.
        """
        await transitions.move(tx, actor, journey_id, data.to, data.reason, expected)
        return found(journey(await queries.changed(tx, actor, journey_id), actor))

    @post(
        "/journeys/{journey_id:uuid}/lock",
        may=May.LOCK_JOURNEY,
        status_code=200,
        problems=(409,),
    )
    async def lock_journey(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], expected: Expected
    ) -> Response[Journey]:
        """Close a journey: nothing on it can be changed or said until it is unlocked."""
        await transitions.lock(tx, actor, journey_id, expected)
        return found(journey(await queries.changed(tx, actor, journey_id), actor))

    @post(
        "/journeys/{journey_id:uuid}/unlock",
        may=May.UNLOCK_JOURNEY,
        status_code=200,
        problems=(409,),
    )
    async def unlock_journey(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], expected: Expected
    ) -> Response[Journey]:
        """Open a locked journey again."""
        await transitions.unlock(tx, actor, journey_id, expected)
        return found(journey(await queries.changed(tx, actor, journey_id), actor))
