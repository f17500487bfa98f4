"""The moderation log over HTTP."""

from uuid import UUID

from litestar import Controller, get
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.schemas.pages import Paging
from api.schemas.records.moderation import ModerationLog, moderation_log
from domain.queries.records import moderation as queries
from domain.roles import May
from domain.services.voices import moderation


class ModerationController(Controller):
    """What moderators did."""

    tags = ["Voices"]

    @get("/journeys/{journey_id:uuid}/moderation-log", may=May.HIDE_ANNOTATION)
    async def list_moderation_log(
        self, tx: Db, actor: By, page: Paging, journey_id: FromPath[UUID]
    ) -> ModerationLog:
        """List what was flagged, hidden, shown and approved in a journey, newest first.

        It is read from the ledger. What was said to fewer people than you is left out, and so are
        flags on your own words.
        """
        await moderation.enter(tx, actor, journey_id)
        return moderation_log(await queries.moderation_log(tx, actor, journey_id, page))
