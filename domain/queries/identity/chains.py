"""The chain of command as a statement asks for it: whether the reader manages somebody."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.queries.readers import ME, ORGANIZATION


def managed_by_me(member_id: ColumnElement[Any], *of: Any) -> ColumnElement[bool]:
    """Whether the reader is anywhere in the chain of managers of a member of the statement.

    `of` are the tables that `member_id` comes from. A cycle in the data ends the climb.
    """
    nearest, further = aliased(Member), aliased(Member)
    climb = (
        select(nearest.manager_id.label("above"))
        .where(nearest.organization_id == ORGANIZATION, nearest.id == member_id)
        .correlate(*of)
        .cte("climb", recursive=True, nesting=True)
    )
    climb = climb.union(
        select(further.manager_id).where(
            further.organization_id == ORGANIZATION, further.id == climb.c.above
        )
    )
    return exists(select(climb.c.above).where(climb.c.above == ME))


_HEAD = (
    select(Department.head_member_id)
    .where(
        Department.organization_id == ORGANIZATION,
        Department.id == bindparam("department_id", type_=Uuid()),
    )
    .scalar_subquery()
)
_MANAGES = hot(select(managed_by_me(func.coalesce(bindparam("member_id", type_=Uuid()), _HEAD))))


async def manages(
    tx: Transaction, actor: Actor, member_id: UUID | None, department_id: UUID | None
) -> bool:
    """Whether the actor is in the chain of managers of a member, or of a department's head."""
    whom = {"member_id": member_id, "department_id": department_id}
    given = {"organization_id": actor.organization_id, "me": actor.member_id}
    return bool(await tx.value(_MANAGES, **given, **whom))
