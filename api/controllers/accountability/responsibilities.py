"""Responsibilities over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, shown
from api.schemas.accountability.responsibilities import (
    Responsibility,
    ResponsibilityEnd,
    ResponsibilityNew,
    ResponsibilityPage,
    ResponsibilityRefusal,
    responsibility,
    responsibility_page,
)
from api.schemas.base import changes
from api.schemas.pages import Paging
from domain.duties import ResponsibilityRole, ResponsibilityStatus
from domain.queries.accountability import responsibilities as queries
from domain.roles import May
from domain.services.accountability import responsibilities

Filters = NamedDependency[SkipValidation[dict[str, Any]]]


async def provide_filters(  # noqa: PLR0913  one parameter per filter
    page: Paging,  # noqa: ARG001  after the page: Litestar runs what could go side by side in tasks
    journey: Annotated[UUID | None, QueryParameter()] = None,
    moment: Annotated[UUID | None, QueryParameter()] = None,
    member: Annotated[UUID | None, QueryParameter(description="Given to this member.")] = None,
    department: Annotated[
        UUID | None, QueryParameter(description="Given to this department.")
    ] = None,
    role: Annotated[list[ResponsibilityRole] | None, QueryParameter()] = None,
    status: Annotated[
        list[ResponsibilityStatus] | None,
        QueryParameter(description="Without it: assigned and accepted."),
    ] = None,
    orphaned: Annotated[
        bool | None, QueryParameter(description="Only those for which nobody can act, or can.")
    ] = None,
) -> dict[str, Any]:
    """What a list of responsibilities is narrowed to; filters that repeat mean any of."""
    given = {"journey": journey, "moment": moment, "member": member, "department": department}
    return {**given, "role": role, "status": status, "orphaned": orphaned}


class ResponsibilityController(Controller):
    """Who answers for each moment of truth: asked, accepted, declined, ended."""

    tags = ["Accountability"]

    @post("/moments/{moment_id:uuid}/responsibilities", may=May.ASSIGN_RESPONSIBILITY)
    async def assign_responsibility(
        self, tx: Db, actor: By, moment_id: FromPath[UUID], data: JSONBody[ResponsibilityNew]
    ) -> Response[Responsibility]:
        """Ask a member or a department to answer for a moment.

        They may see the journey from then on (`participant`). At most one member is accountable.
        Whoever manages the member, or the head of the department, may assign as well.
        """
        row = await responsibilities.assign(tx, actor, moment_id, changes(data))
        return created(responsibility(row, actor), f"/v1/responsibilities/{row['id']}")

    @get(
        "/responsibilities",
        may=May.READ_JOURNEY,
        dependencies={"filters": Provide(provide_filters)},
    )
    async def list_responsibilities(
        self, tx: Db, actor: By, page: Paging, filters: Filters
    ) -> ResponsibilityPage:
        """List who answers for the moments of the journeys you see, newest first.

        `status=declined&status=ended` gives the history.
        """
        found = await queries.list_responsibilities(tx, actor, filters, page)
        return responsibility_page(found, actor)

    @get("/responsibilities/{responsibility_id:uuid}", may=May.READ_JOURNEY)
    async def get_responsibility(
        self, tx: Db, actor: By, responsibility_id: FromPath[UUID]
    ) -> Response[Responsibility]:
        """One responsibility, also when it was declined or has ended."""
        row = await queries.responsibility(tx, actor, responsibility_id)
        return shown(responsibility(row, actor))

    @post(
        "/responsibilities/{responsibility_id:uuid}/accept",
        may=May.ANSWER_RESPONSIBILITY,
        status_code=200,
    )
    async def accept_responsibility(
        self, tx: Db, actor: By, responsibility_id: FromPath[UUID], expected: Expected
    ) -> Response[Responsibility]:
        """Take on what was assigned to you, or to the department that you head."""
        row = await responsibilities.accept(tx, actor, responsibility_id, expected)
        return found(responsibility(row, actor))

    @post(
        "/responsibilities/{responsibility_id:uuid}/decline",
        may=May.ANSWER_RESPONSIBILITY,
        status_code=200,
    )
    async def decline_responsibility(
        self,
        tx: Db,
        actor: By,
        responsibility_id: FromPath[UUID],
        data: JSONBody[ResponsibilityRefusal],
        expected: Expected,
    ) -> Response[Responsibility]:
        """Say that you will not answer for it, and why.

        The owner of the journey and the managers of the assignee find it among their work.
        """
        row = await responsibilities.decline(tx, actor, responsibility_id, data.reason, expected)
        return found(responsibility(row, actor))

    @post(
        "/responsibilities/{responsibility_id:uuid}/end",
        may=May.ASSIGN_RESPONSIBILITY,
        status_code=200,
    )
    async def end_responsibility(
        self,
        tx: Db,
        actor: By,
        responsibility_id: FromPath[UUID],
        data: JSONBody[ResponsibilityEnd],
        expected: Expected,
    ) -> Response[Responsibility]:
        """Let somebody answer for a moment no longer. That they did stays readable."""
        row = await responsibilities.end(tx, actor, responsibility_id, data.reason, expected)
        return found(responsibility(row, actor))
