"""Revisits over HTTP."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.replies import created
from api.schemas.base import present
from api.schemas.life.revisits import Revisit, RevisitNew, RevisitPage, revisit_page
from api.schemas.pages import Paging
from domain.queries.life import revisits as queries
from domain.roles import May
from domain.services.life import revisits


class RevisitController(Controller):
    """Revisits: a map is looked at again before it goes stale."""

    tags = ["Revisits"]

    @post("/journeys/{journey_id:uuid}/revisits", may=May.EDIT_JOURNEY)
    async def revisit_journey(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], data: JSONBody[RevisitNew]
    ) -> Response[Revisit]:
        """Say that you have looked at the map again, and what you found.

        Its next review is reckoned from now, whatever you found. What is no longer true you can
        change at once; a journey that is to retire is archived with `transitionJourney`.
        """
        made = await revisits.revisit(tx, actor, journey_id, data.outcome, data.note)
        return created(present(Revisit, made), f"/v1/journeys/{journey_id}/revisits")

    @get("/journeys/{journey_id:uuid}/revisits", may=May.READ_JOURNEY)
    async def list_revisits(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], page: Paging
    ) -> RevisitPage:
        """List when a map was looked at again, and what was found, newest first."""
        return revisit_page(await queries.list_revisits(tx, actor, journey_id, page))
