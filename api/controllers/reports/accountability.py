"""Who answers for what, over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.schemas.pages import Paging
from api.schemas.reports.accountability import Accountability, accountability
from api.schemas.reports.organization_accountability import (
    OrganizationAccountability,
    organization_accountability,
)
from domain.queries.reports import accountability as queries
from domain.roles import May
from domain.words import JourneyStatus

Filters = NamedDependency[SkipValidation[dict[str, Any]]]


async def provide_filters(
    page: Paging,  # noqa: ARG001  after the page: Litestar runs what could go side by side in tasks
    department: Annotated[
        UUID | None, QueryParameter(description="Journeys of this department and all below it.")
    ] = None,
    owner: Annotated[
        UUID | None, QueryParameter(description="Only journeys that this member owns.")
    ] = None,
    status: Annotated[
        list[JourneyStatus] | None, QueryParameter(description="Without it: all but archived.")
    ] = None,
) -> dict[str, Any]:
    """What the report is narrowed to."""
    return {"department": department, "owner": owner, "status": status}


class AccountabilityController(Controller):
    """Who answers for touchpoints and moments of truth, and what is missing."""

    tags = ["Reports"]

    @get("/journeys/{journey_id:uuid}/accountability", may=May.READ_JOURNEY)
    async def get_accountability(
        self, tx: Db, actor: By, journey_id: FromPath[UUID]
    ) -> Accountability:
        """Who answers for each touchpoint of a journey, who has spoken, and what is missing.

        A group has spoken where somebody of it has given numbers or where you see an annotation of
        theirs. Every figure says how it was counted.
        """
        return accountability(await queries.of_journey(tx, actor, journey_id), journey_id)

    @get(
        "/accountability",
        may=May.READ_JOURNEY,
        dependencies={"filters": Provide(provide_filters)},
    )
    async def get_organization_accountability(
        self, tx: Db, actor: By, page: Paging, filters: Filters
    ) -> OrganizationAccountability:
        """What is missing across the journeys you see, those with the most gaps first."""
        found = await queries.of_organization(tx, actor, filters, page)
        return organization_accountability(found)
