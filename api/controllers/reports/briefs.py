"""What a department answers for, over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get
from litestar.params import FromPath, QueryParameter

from api.auth.actor import By, Db
from api.schemas.pages import Paging
from api.schemas.reports.briefs import DepartmentBrief, department_brief
from api.schemas.reports.department_touchpoints import (
    DepartmentTouchpointPage,
    department_touchpoints,
)
from domain.queries.reports.briefs import brief
from domain.queries.reports.department_touchpoints import list_touchpoints
from domain.roles import May

Below = Annotated[bool, QueryParameter(description="With all the departments below it.")]


class BriefController(Controller):
    """What a department answers for, and how that stands."""

    tags = ["Reports"]

    @get("/departments/{department_id:uuid}/touchpoints", may=May.READ_JOURNEY)
    async def list_department_touchpoints(
        self, tx: Db, actor: By, page: Paging, department_id: FromPath[UUID], below: Below = True
    ) -> DepartmentTouchpointPage:
        """List the touchpoints that a department answers for, across journeys.

        They come from the journeys you see that are not archived, each with its moment, open
        threads, the widest gap between groups, and what is missing.
        """
        found = await list_touchpoints(tx, actor, department_id, below, page)
        return department_touchpoints(found)

    @get("/departments/{department_id:uuid}/brief", may=May.READ_JOURNEY)
    async def get_department_brief(
        self, tx: Db, actor: By, department_id: FromPath[UUID], below: Below = True
    ) -> DepartmentBrief:
        """A department on one page, for whoever heads it."""
        found, row = await brief(tx, actor, department_id, below)
        return department_brief(found, row, below)
