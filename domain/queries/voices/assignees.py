"""Who can be given a thread: an active member, a person, who sees it."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.touchpoints import Touchpoint
from domain.queries.identity.people import ACTIVE_PERSON
from domain.queries.voices.annotations import shows

_MEMBER = hot(
    select(Member.id, Member.group, Department.path)
    .outerjoin(
        Department,
        (Department.organization_id == Member.organization_id)
        & (Department.id == Member.department_id),
    )
    .where(
        Member.organization_id == bindparam("organization_id"),
        Member.id == bindparam("member_id"),
        ACTIVE_PERSON,
    )
)


async def can_take(
    tx: Transaction, actor: Actor, member_id: UUID, annotation_id: UUID
) -> bool | None:
    """Whether an annotation shows to a member; None when there is no such active person."""
    row = await tx.row(_MEMBER, organization_id=actor.organization_id, member_id=member_id)
    if row is None:
        return None
    reading = {
        "organization_id": actor.organization_id,
        "me": row["id"],
        "my_group": row["group"],
        "my_departments": row["path"] or [],
    }
    return await shows(tx, reading, annotation_id)


_RESPONSIBLE = hot(
    select(Touchpoint.responsible_department_id).where(
        Touchpoint.organization_id == bindparam("organization_id"),
        Touchpoint.id == bindparam("touchpoint_id", type_=Uuid()),
    )
)


async def responsible_department(tx: Transaction, actor: Actor, touchpoint_id: UUID) -> UUID | None:
    """The department that answers for a touchpoint, and so for what nobody looks after there."""
    given = {"organization_id": actor.organization_id, "touchpoint_id": touchpoint_id}
    found: UUID | None = await tx.value(_RESPONSIBLE, **given)
    return found
