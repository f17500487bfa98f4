"""Watching over HTTP."""

from uuid import UUID

from litestar import Controller, get, put
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.schemas.inbox.watches import WatchChoice, WatchPage, WatchState, watch_page, watch_state
from api.schemas.pages import Paging
from domain.queries.inbox.watches import list_watches
from domain.roles import May
from domain.services.inbox import watches


class WatchController(Controller):
    """How closely you follow journeys and threads."""

    tags = ["Inbox"]

    @get("/me/watches", may=May.USE_OWN_ACCOUNT)
    async def list_watches(self, tx: Db, actor: By, page: Paging) -> WatchPage:
        """List the journeys and threads for which you chose what to hear."""
        return watch_page(await list_watches(tx, actor, page))

    @get("/journeys/{journey_id:uuid}/watch", may=May.USE_OWN_ACCOUNT)
    async def get_journey_watch(self, tx: Db, actor: By, journey_id: FromPath[UUID]) -> WatchState:
        """What you hear of a journey."""
        return watch_state(await watches.of_journey(tx, actor, journey_id))

    @put("/journeys/{journey_id:uuid}/watch", may=May.USE_OWN_ACCOUNT)
    async def watch_journey(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], data: JSONBody[WatchChoice]
    ) -> WatchState:
        """Choose what to hear of a journey."""
        return watch_state(await watches.watch_journey(tx, actor, journey_id, data.level))

    @get("/annotations/{annotation_id:uuid}/watch", may=May.USE_OWN_ACCOUNT)
    async def get_thread_watch(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID]
    ) -> WatchState:
        """What you hear of a thread, if you chose it; else the journey's choice counts."""
        return watch_state(await watches.of_thread(tx, actor, annotation_id))

    @put("/annotations/{annotation_id:uuid}/watch", may=May.USE_OWN_ACCOUNT)
    async def watch_thread(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID], data: JSONBody[WatchChoice]
    ) -> WatchState:
        """Choose what to hear of a thread; it counts more than the choice for its journey."""
        return watch_state(await watches.watch_thread(tx, actor, annotation_id, data.level))
