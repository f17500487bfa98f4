"""Whom a request reaches: the active people of departments and groups, and those named."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, or_, select

from domain.database import Row, Transaction, hot
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.queries.identity.people import ACTIVE_PERSON
from domain.queries.readers import ORGANIZATION
from domain.roles import Group

_DEPARTMENTS = bindparam("departments", type_=ARRAY(Uuid()))
_BELOW = select(Department.id).where(
    Department.organization_id == ORGANIZATION,
    Department.path.op("&&")(_DEPARTMENTS),
)
_REACHED = hot(
    select(Member.id, Member.group, Member.department_id)
    .where(
        Member.organization_id == ORGANIZATION,
        ACTIVE_PERSON,
        or_(
            Member.department_id.in_(_BELOW),
            Member.group == bindparam("groups", type_=ARRAY(Text())).any_(),
            Member.id == bindparam("members", type_=ARRAY(Uuid())).any_(),
        ),
    )
    .order_by(Member.id)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a request is put to; a department stands for itself and all below it."""

    departments: Sequence[UUID]
    groups: Sequence[Group]
    members: Sequence[UUID]


async def reached(tx: Transaction, asked: Asked, limit: int) -> list[Row]:
    """The active people who are reached, at the most so many."""
    return await tx.rows(
        _REACHED,
        organization_id=tx.organization_id,
        departments=list(asked.departments),
        groups=[group.value for group in asked.groups],
        members=list(asked.members),
        limit=limit,
    )
