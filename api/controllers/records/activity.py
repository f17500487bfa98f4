"""Activity over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.schemas.pages import Paging
from api.schemas.records.activity import ActivityPage, activity_page
from domain.facts import Verb
from domain.queries.reports import activity
from domain.roles import May
from domain.words import SubjectKind

Filters = NamedDependency[SkipValidation[dict[str, Any]]]
Below = Annotated[
    bool, QueryParameter(description="With the departments below it; so without saying so.")
]


async def provide_filters(
    page: Paging,  # noqa: ARG001  after the page: Litestar runs what could go side by side in tasks
    verb: Annotated[
        list[Verb] | None,
        QueryParameter(max_items=20, description="Only what happened so, such as `stage.added`."),
    ] = None,
    kind: Annotated[
        list[SubjectKind] | None,
        QueryParameter(max_items=20, description="Only what happened to subjects of these kinds."),
    ] = None,
    by: Annotated[
        UUID | None, QueryParameter(description="Only what this member did by name.")
    ] = None,
) -> dict[str, Any]:
    """What a journey's activity is narrowed to; filters that repeat mean any of."""
    return {"verb": verb, "kind": kind, "actor": by}


class ActivityController(Controller):
    """What happened lately, in sentences."""

    tags = ["Records"]

    @get(
        "/journeys/{journey_id:uuid}/activity",
        may=May.READ_JOURNEY,
        dependencies={"filters": Provide(provide_filters)},
    )
    async def list_journey_activity(
        self, tx: Db, actor: By, page: Paging, journey_id: FromPath[UUID], filters: Filters
    ) -> ActivityPage:
        """List what happened in a journey, newest first, in sentences and as data.

        It is told from the ledger: nothing that did not happen, whatever became of it since. What
        you may not see is left out. What was said for a group names the group and nobody else.
        """
        found = await activity.journey_activity(tx, actor, journey_id, filters, page)
        return activity_page(found, actor)

    @get("/members/{member_id:uuid}/activity", may=May.READ_ORGANIZATION)
    async def list_member_activity(
        self, tx: Db, actor: By, page: Paging, member_id: FromPath[UUID]
    ) -> ActivityPage:
        """List what a member did by name in the journeys you see, newest first.

        What they said for their group, and ratings that name nobody, are not among it. Executives
        and administrators are told of changes to the organization as well.
        """
        return activity_page(await activity.member_activity(tx, actor, member_id, page), actor)

    @get("/departments/{department_id:uuid}/activity", may=May.READ_ORGANIZATION)
    async def list_department_activity(
        self,
        tx: Db,
        actor: By,
        page: Paging,
        department_id: FromPath[UUID],
        below: Below = True,
    ) -> ActivityPage:
        """List what the members of a department did by name in the journeys you see, newest first.

        The members are those who are in it now, wherever they were when they did it. Otherwise as
        `listMemberActivity`.
        """
        found = await activity.department_activity(tx, actor, department_id, below, page)
        return activity_page(found, actor)
