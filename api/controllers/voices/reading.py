"""What you have read, over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, put
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.replies import nothing
from domain.roles import May
from domain.services.voices import reading


class ReadingController(Controller):
    """What you have read. Nobody else learns of it."""

    tags = ["Voices"]

    @put("/annotations/{annotation_id:uuid}/read", may=May.READ_JOURNEY, status_code=204)
    async def mark_thread_read(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID]
    ) -> Response[None]:
        """Say that you have read a thread: it is unread again when others write in it.

        Your own words read it up to then by themselves.
        """
        await reading.read_thread(tx, actor, annotation_id)
        return nothing()

    @delete("/annotations/{annotation_id:uuid}/read", may=May.READ_JOURNEY)
    async def mark_thread_unread(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID]
    ) -> Response[None]:
        """Keep a thread for later: what others said last in it is unread again.

        A thread in which you had the last word stays read.
        """
        await reading.unread_thread(tx, actor, annotation_id)
        return nothing()

    @put("/journeys/{journey_id:uuid}/read", may=May.READ_JOURNEY, status_code=204)
    async def mark_journey_read(
        self, tx: Db, actor: By, journey_id: FromPath[UUID]
    ) -> Response[None]:
        """Say that you have read everything on a journey, up to now."""
        await reading.read_journey(tx, actor, journey_id)
        return nothing()
