"""Events over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get
from litestar.params import FromPath, QueryParameter

from api.auth.actor import By, Db
from api.schemas.pages import Paging
from api.schemas.records.events import EventPage, event_page
from domain.queries.records import events
from domain.roles import May

After = Annotated[
    int,
    QueryParameter(
        ge=0, le=9_007_199_254_740_991, description="Only what came after this revision."
    ),
]


class EventController(Controller):
    """What happened, in order: the feed and the audit trail at once."""

    tags = ["Records"]

    @get("/journeys/{journey_id:uuid}/events", may=May.READ_JOURNEY, hot=True)
    async def list_journey_events(
        self, tx: Db, actor: By, page: Paging, journey_id: FromPath[UUID], after: After = 0
    ) -> EventPage:
        """List what happened in a journey, oldest first.

        Every revision is there. To go on later, ask for what came after the last one you have.
        """
        return event_page(await events.journey_events(tx, actor, journey_id, after, page))

    @get("/organization/events", may=May.READ_ORGANIZATION_LEDGER)
    async def list_organization_events(
        self, tx: Db, actor: By, page: Paging, after: After = 0
    ) -> EventPage:
        """List what happened to the organization's members, departments and settings.

        What happens in a journey is among that journey's own events.
        """
        return event_page(await events.organization_events(tx, actor, after, page))
