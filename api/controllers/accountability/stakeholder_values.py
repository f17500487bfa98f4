"""What each group brings to customers, over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get, put
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import found
from api.schemas.accountability.stakeholder_values import (
    StakeholderValue,
    StakeholderValuePage,
    StakeholderValueSet,
    stakeholder_value,
    stakeholder_value_page,
)
from api.schemas.base import without
from api.schemas.pages import Paging
from domain.queries.accountability import stakeholder_values as queries
from domain.roles import Group, May
from domain.services.accountability import stakeholder_values

Filters = NamedDependency[SkipValidation[dict[str, Any]]]


async def provide_filters(
    group: Annotated[
        list[Group] | None, QueryParameter(description="Only what these groups bring.")
    ] = None,
    department: Annotated[
        UUID | None, QueryParameter(description="Only what is said of this department.")
    ] = None,
    touchpoint: Annotated[
        UUID | None, QueryParameter(description="Only what is said at this touchpoint.")
    ] = None,
) -> dict[str, Any]:
    """What a list of stakeholder values is narrowed to."""
    return {"group": group, "department": department, "touchpoint": touchpoint}


class StakeholderValueController(Controller):
    """What each group brings to customers, on a journey or at a touchpoint."""

    tags = ["Stakeholder values"]

    @put("/journeys/{journey_id:uuid}/stakeholder-values", may=May.SET_STAKEHOLDER_VALUE)
    async def set_stakeholder_value(
        self,
        tx: Db,
        actor: By,
        journey_id: FromPath[UUID],
        data: JSONBody[StakeholderValueSet],
        expected: Expected,
    ) -> Response[StakeholderValue]:
        """Say what a group brings to customers; where nothing is said the version is 0."""
        of = without(data, "value")
        said = await stakeholder_values.set_value(tx, actor, journey_id, of, data.value, expected)
        return found(stakeholder_value(said))

    @get(
        "/journeys/{journey_id:uuid}/stakeholder-values",
        may=May.READ_JOURNEY,
        dependencies={"filters": Provide(provide_filters)},
    )
    async def list_stakeholder_values(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], page: Paging, filters: Filters
    ) -> StakeholderValuePage:
        """List what each group brings to customers on a journey, oldest first."""
        found = await queries.list_values(tx, actor, journey_id, filters, page)
        return stakeholder_value_page(found)
