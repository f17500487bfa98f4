"""Moments of truth over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, shown
from api.schemas.base import changes
from api.schemas.moments.moments import (
    Moment,
    MomentNew,
    MomentPage,
    MomentPatch,
    MomentRetirement,
    moment,
    moment_page,
)
from api.schemas.pages import Paging
from domain.queries.moments import moments as queries
from domain.roles import May
from domain.services.moments import moments
from domain.words import MomentStatus

Filters = NamedDependency[SkipValidation[dict[str, Any]]]


async def provide_filters(
    journey: Annotated[UUID | None, QueryParameter(description="Only of this journey.")] = None,
    touchpoint: Annotated[UUID | None, QueryParameter()] = None,
    status: Annotated[
        list[MomentStatus] | None,
        QueryParameter(description="Without it: nominated and confirmed."),
    ] = None,
) -> dict[str, Any]:
    """What a list of moments is narrowed to."""
    return {"journey": journey, "touchpoint": touchpoint, "status": status}


class MomentController(Controller):
    """Moments of truth: touchpoints that decide what a customer remembers."""

    tags = ["Moments"]

    @post("/touchpoints/{touchpoint_id:uuid}/moments", may=May.NOMINATE_MOMENT)
    async def nominate_moment(
        self, tx: Db, actor: By, touchpoint_id: FromPath[UUID], data: JSONBody[MomentNew]
    ) -> Response[Moment]:
        """Propose a touchpoint as a moment of truth.

        To send stakes with it, one needs the right to state them as well (`state_stakes`).
        """
        made = await moments.nominate(tx, actor, touchpoint_id, changes(data))
        row = await queries.moment(tx, actor, made.id)
        return created(moment(row, actor), f"/v1/moments/{made.id}")

    @get("/moments", may=May.READ_JOURNEY, dependencies={"filters": Provide(provide_filters)})
    async def list_moments(self, tx: Db, actor: By, page: Paging, filters: Filters) -> MomentPage:
        """List moments across the journeys you see, newest first."""
        return moment_page(await queries.list_moments(tx, actor, filters, page), actor)

    @get("/moments/{moment_id:uuid}", may=May.READ_JOURNEY)
    async def get_moment(self, tx: Db, actor: By, moment_id: FromPath[UUID]) -> Response[Moment]:
        """One moment, also when it is retired."""
        return shown(moment(await queries.moment(tx, actor, moment_id), actor))

    @patch("/moments/{moment_id:uuid}", may=May.STATE_STAKES)
    async def update_moment(
        self,
        tx: Db,
        actor: By,
        moment_id: FromPath[UUID],
        data: JSONBody[MomentPatch],
        expected: Expected,
    ) -> Response[Moment]:
        """State what is at stake, which emotions are likely and what sets them off."""
        await moments.update(tx, actor, moment_id, changes(data), expected)
        return found(moment(await queries.moment(tx, actor, moment_id), actor))

    @post("/moments/{moment_id:uuid}/confirm", may=May.CONFIRM_MOMENT, status_code=200)
    async def confirm_moment(
        self, tx: Db, actor: By, moment_id: FromPath[UUID], expected: Expected
    ) -> Response[Moment]:
        """Declare a nominated touchpoint a moment of truth."""
        await moments.confirm(tx, actor, moment_id, expected)
        return found(moment(await queries.moment(tx, actor, moment_id), actor))

    @post("/moments/{moment_id:uuid}/retire", may=May.RETIRE_MOMENT, status_code=200)
    async def retire_moment(
        self,
        tx: Db,
        actor: By,
        moment_id: FromPath[UUID],
        data: JSONBody[MomentRetirement],
        expected: Expected,
    ) -> Response[Moment]:
        """Say that a touchpoint is decisive no more. Its history stays readable."""
        await moments.retire(tx, actor, moment_id, data.reason, expected)
        return found(moment(await queries.moment(tx, actor, moment_id), actor))
