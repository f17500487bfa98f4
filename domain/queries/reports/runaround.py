"""The touchpoints of a journey in the order of its map, with who answers for them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.identity.departments import Department
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.rules.runaround import Contact
from domain.words import ContactContext

_JOURNEY = bindparam("journey_id", type_=Uuid())
_IN_ORDER = hot(
    select(
        Touchpoint.id.label("touchpoint_id"),
        Touchpoint.name.label("touchpoint_name"),
        Touchpoint.stage_id,
        Touchpoint.contact_context,
        Touchpoint.responsible_department_id.label("department_id"),
        Department.external,
    )
    .join(
        Journey,
        (Journey.organization_id == Touchpoint.organization_id)
        & (Journey.id == Touchpoint.journey_id),
    )
    .join(Stage, ITS_STAGE)
    .outerjoin(
        Department,
        (Department.organization_id == Touchpoint.organization_id)
        & (Department.id == Touchpoint.responsible_department_id),
    )
    .where(
        journey_visible(),
        Touchpoint.organization_id == ORGANIZATION,
        Touchpoint.journey_id == _JOURNEY,
        *ON_THE_MAP,
    )
    .order_by(Stage.position, Stage.id, Touchpoint.position, Touchpoint.id)
)


async def in_order(tx: Transaction, actor: Actor, journey_id: UUID) -> Sequence[Row]:
    """The touchpoints as a customer meets them; nothing when the actor may not see the journey."""
    return await tx.rows(_IN_ORDER, journey_id=journey_id, **reader(actor))


def contact(row: Row) -> Contact:
    """A touchpoint as the rules follow it."""
    return Contact(row["department_id"], row["contact_context"] == ContactContext.REPEAT)
