"""A member's work over HTTP."""

from typing import Annotated, Any

import msgspec
from litestar import Controller, Response, get
from litestar.params import QueryParameter

from api.auth.actor import By, Db
from api.replies import checked
from api.schemas.pages import Paging
from api.schemas.reports.work import WorkCounts, WorkPage, work_counts, work_page
from domain.duties import WorkKind
from domain.queries.reports.work import WorkFilters, count_work, list_work
from domain.roles import May


class WorkController(Controller):
    """Everything that is asked of you, in one list."""

    tags = ["Reports"]

    @get("/me/work", may=May.READ_JOURNEY)
    async def get_my_work(
        self,
        tx: Db,
        actor: By,
        page: Paging,
        kind: Annotated[
            list[WorkKind] | None, QueryParameter(description="Only work of these kinds.")
        ] = None,
        overdue: Annotated[
            bool | None, QueryParameter(description="Only what is overdue, or only what is not.")
        ] = None,
    ) -> WorkPage:
        """What is asked of you, most urgent first.

        Overdue work comes first, then what is due next, then what has waited longest. It comes from
        the journeys you see that are not archived.
        """
        filters = WorkFilters(tuple(sorted(set(kind or ()))), overdue)
        return work_page(await list_work(tx, actor, filters, page), actor)

    @get("/me/work/counts", may=May.READ_JOURNEY, opt={"etag": True}, reply=WorkCounts)
    async def get_my_work_counts(self, tx: Db, actor: By) -> Response[Any]:
        """How much is asked of you, kind by kind.

        Made for asking again and again: as long as nothing has changed, If-None-Match gets 304.
        """
        return checked(msgspec.json.encode(work_counts(await count_work(tx, actor))))
