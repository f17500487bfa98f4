"""Who takes part in a journey already, by name, department or group."""

from uuid import UUID

from sqlalchemy import Text, bindparam, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.maps.journeys import Grant
from domain.queries.readers import ORGANIZATION
from domain.words import GrantRole

_PARTICIPANTS = hot(
    select(Grant.member_id, Grant.department_id, Grant.group).where(
        Grant.organization_id == ORGANIZATION,
        Grant.journey_id == bindparam("journey_id"),
        Grant.role == bindparam("role", type_=Text()),
        Grant.removed_at.is_(None),
    )
)


async def participants(tx: Transaction, actor: Actor, journey_id: UUID) -> set[UUID | str]:
    """The members, departments and groups that hold `participant` on a journey."""
    rows = await tx.rows(
        _PARTICIPANTS,
        organization_id=actor.organization_id,
        journey_id=journey_id,
        role=GrantRole.PARTICIPANT.value,
    )
    return {row["member_id"] or row["department_id"] or row["group"] for row in rows}
