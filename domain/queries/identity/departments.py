"""Departments as every member sees them, and what stands in the way of removing one."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Exists, Uuid, bindparam, exists, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.accountability.responsibilities import Responsibility
from domain.models.identity.departments import Department
from domain.models.identity.invitations import Invitation
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.maps.touchpoints import Touchpoint
from domain.queries.accountability.answering import LIVE
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ORGANIZATION
from domain.words import InvitationStatus, MemberStatus

_ID = bindparam("id", type_=Uuid())
_LIVE = select(*Department.__table__.c).where(
    Department.organization_id == ORGANIZATION, Department.removed_at.is_(None)
)
_ONE = hot(_LIVE.where(Department.id == _ID))
_PARENTS = hot(
    select(Department.id, Department.parent_id).where(
        Department.organization_id == ORGANIZATION, Department.removed_at.is_(None)
    )
)


def _any(*conditions: Any) -> Exists:
    return exists().where(*conditions)


_HOLDING = hot(
    select(
        _any(
            Member.organization_id == ORGANIZATION,
            Member.department_id == _ID,
            Member.status != MemberStatus.ERASED.value,
        ).label("members"),
        _any(
            Department.organization_id == ORGANIZATION,
            Department.parent_id == _ID,
            Department.removed_at.is_(None),
        ).label("departments"),
        _any(
            Touchpoint.organization_id == ORGANIZATION,
            Touchpoint.responsible_department_id == _ID,
            ITS_STAGE,
            *ON_THE_MAP,
        ).label("touchpoints"),
        _any(
            Responsibility.organization_id == ORGANIZATION,
            Responsibility.department_id == _ID,
            LIVE,
        ).label("responsibilities"),
        _any(Journey.organization_id == ORGANIZATION, Journey.department_id == _ID).label(
            "journeys"
        ),
        _any(
            Invitation.organization_id == ORGANIZATION,
            Invitation.department_id == _ID,
            Invitation.status == InvitationStatus.PENDING.value,
        ).label("invitations"),
    )
)


@cache
def _list(paged: bool) -> Hot:
    statement = _LIVE
    if paged:
        statement = statement.where(Department.id > bindparam("after", type_=Uuid()))
    return hot(statement.order_by(Department.id).limit(bindparam("limit")))


async def list_departments(tx: Transaction, actor: Actor, page: PageRequest) -> Page:
    """A page of departments, in the order in which they were made."""
    bound = binding("departments", {})
    after = decode_id(bound, page.cursor)
    given = {} if after is None else {"after": after}
    rows = await tx.rows(
        _list(after is not None),
        organization_id=actor.organization_id,
        limit=page.limit + 1,
        **given,
    )
    return cut_by_id(rows, page.limit, bound)


async def find_department(tx: Transaction, actor: Actor, department_id: UUID) -> Row | None:
    """A department that has not been removed, or None."""
    return await tx.row(_ONE, organization_id=actor.organization_id, id=department_id)


async def department(tx: Transaction, actor: Actor, department_id: UUID) -> Row:
    """The same; NotFound without one."""
    row = await find_department(tx, actor, department_id)
    if row is None:
        raise NotFound
    return row


async def parents(tx: Transaction, actor: Actor) -> dict[UUID, UUID | None]:
    """The whole tree: each department's parent."""
    rows = await tx.rows(_PARENTS, organization_id=actor.organization_id)
    return {row["id"]: row["parent_id"] for row in rows}


async def holding(tx: Transaction, actor: Actor, department_id: UUID) -> list[str]:
    """What kinds of things still point at a department."""
    row = await tx.row(_HOLDING, organization_id=actor.organization_id, id=department_id)
    assert row is not None
    return [kind for kind, some in row.items() if some]
