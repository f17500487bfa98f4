"""Who can own an action: an active member, a person, who reads its journey."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.queries.identity.people import ACTIVE_PERSON
from domain.queries.identity.seeing import ITS_DEPARTMENT, SEES_IT
from domain.queries.readers import ORGANIZATION

_CAN_OWN = hot(
    select(SEES_IT.label("sees"))
    .select_from(Member)
    .outerjoin(Department, ITS_DEPARTMENT)
    .join(
        Journey,
        (Journey.organization_id == Member.organization_id)
        & (Journey.id == bindparam("journey_id", type_=Uuid())),
    )
    .where(
        Member.organization_id == ORGANIZATION,
        Member.id == bindparam("member_id", type_=Uuid()),
        ACTIVE_PERSON,
    )
)


async def can_own(tx: Transaction, actor: Actor, member_id: UUID, journey_id: UUID) -> bool | None:
    """Whether a member reads the journey; None when there is no such active person."""
    given = {"member_id": member_id, "journey_id": journey_id}
    sees = await tx.value(_CAN_OWN, organization_id=actor.organization_id, **given)
    return None if sees is None else bool(sees)
