"""What things follow from, over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, get, put
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.replies import found, nothing
from api.schemas.findings.sources import Source, SourcePage, source, source_page
from api.schemas.pages import Paging
from domain.queries.findings.sources import list_sources
from domain.roles import May
from domain.services.findings import sources


class SourceController(Controller):
    """What findings, opportunities and actions follow from."""

    tags = ["Sources"]
    path = "/subjects/{subject_id:uuid}/sources"

    @get(may=May.READ_JOURNEY)
    async def list_sources(
        self, tx: Db, actor: By, subject_id: FromPath[UUID], page: Paging
    ) -> SourcePage:
        """List what a finding, an opportunity or an action follows from, linked last first."""
        return source_page(await list_sources(tx, actor, subject_id, page))

    @put("/{from_id:uuid}", may=May.EDIT_FINDING)
    async def link_source(
        self, tx: Db, actor: By, subject_id: FromPath[UUID], from_id: FromPath[UUID]
    ) -> Response[Source]:
        """Say what something follows from; saying it again changes nothing.

        A finding, an opportunity or an action follows from annotations, findings, opportunities,
        moments or touchpoints of its journey, never from itself. It takes the right to edit the
        finding or opportunity, or to update the action.
        """
        return found(source(await sources.link(tx, actor, subject_id, from_id)))

    @delete("/{from_id:uuid}", may=May.EDIT_FINDING)
    async def unlink_source(
        self, tx: Db, actor: By, subject_id: FromPath[UUID], from_id: FromPath[UUID]
    ) -> Response[None]:
        """Say that it does not follow from that."""
        await sources.unlink(tx, actor, subject_id, from_id)
        return nothing()
