"""The touchpoints of one journey as its figures see them: in map order, each with its moment."""

from typing import Any

from sqlalchemy import Select, Uuid, bindparam, select

from domain.models.identity.organizations import Organization
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.readers import ORGANIZATION, journey_visible
from domain.words import MomentStatus

JOURNEY = bindparam("journey_id", type_=Uuid())
PLACED = (
    Touchpoint.id,
    Touchpoint.name,
    Touchpoint.stage_id,
    Touchpoint.position,
    Stage.position.label("stage_position"),
    Moment.id.label("moment_id"),
    Moment.status.label("moment_status"),
)


def drawn(*columns: Any) -> Select[Any]:
    """What stands on the map of a journey the reader may see; its moment unless it is retired."""
    return (
        select(*PLACED, *columns)
        .select_from(Touchpoint)
        .join(
            Journey,
            (Journey.organization_id == Touchpoint.organization_id)
            & (Journey.id == Touchpoint.journey_id),
        )
        .join(Organization, Organization.id == Touchpoint.organization_id)
        .join(Stage, ITS_STAGE)
        .outerjoin(
            Moment,
            (Moment.organization_id == Touchpoint.organization_id)
            & (Moment.touchpoint_id == Touchpoint.id)
            & (Moment.status != MomentStatus.RETIRED.value),
        )
        .where(
            journey_visible(),
            Touchpoint.organization_id == ORGANIZATION,
            Touchpoint.journey_id == JOURNEY,
            *ON_THE_MAP,
        )
    )


def in_map_order(statement: Select[Any]) -> Select[Any]:
    """As the customer meets them."""
    return statement.order_by(Stage.position, Stage.id, Touchpoint.position, Touchpoint.id)
