"""Who answers for a moment, as parts of statements.

A right begins when a responsibility is accepted; what binds its holder, when it is assigned. A
moment that is retired has neither: retiring it ends them.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Uuid,
    and_,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.duties import ResponsibilityRole, ResponsibilityStatus
from domain.models.accountability.responsibilities import Responsibility
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.queries.readers import ME, MY_DEPARTMENTS, ORGANIZATION
from domain.roles import Condition, Relation
from domain.words import MemberStatus

# Words of the program, said outright: as parameters they would hide the partial indexes.
_ACCEPTED = Responsibility.status == literal_column(f"'{ResponsibilityStatus.ACCEPTED}'")
LIVE = or_(Responsibility.status == literal_column(f"'{ResponsibilityStatus.ASSIGNED}'"), _ACCEPTED)
_ACCOUNTABLE = Responsibility.role == literal_column(f"'{ResponsibilityRole.ACCOUNTABLE}'")
MEMBER, DEPARTMENT, HEAD = aliased(Member), aliased(Department), aliased(Member)
ITS_MEMBER = (MEMBER.organization_id == Responsibility.organization_id) & (
    MEMBER.id == Responsibility.member_id
)
ITS_DEPARTMENT = (DEPARTMENT.organization_id == Responsibility.organization_id) & (
    DEPARTMENT.id == Responsibility.department_id
)
ITS_HEAD = (
    HEAD,
    (HEAD.organization_id == DEPARTMENT.organization_id) & (HEAD.id == DEPARTMENT.head_member_id),
)
HELD_BY = func.coalesce(Responsibility.member_id, DEPARTMENT.head_member_id)
"""The member who accepts or declines: the one it was given to, or the head of the department."""
_ACTS = func.coalesce(MEMBER.status, HEAD.status, literal("")) == MemberStatus.ACTIVE.value
ORPHANED = and_(LIVE, or_(~_ACTS, DEPARTMENT.removed_at.is_not(None)))
"""Live, and nobody is there to answer: suspended, erased, a department without an active head."""


def my_accountable(moment_id: Any) -> ColumnElement[bool]:
    """Whether the reader is the one who is to be accountable for a moment, accepted or not yet."""
    return exists(
        select(Responsibility.id).where(
            Responsibility.organization_id == ORGANIZATION,
            Responsibility.moment_id == moment_id,
            _ACCOUNTABLE,
            Responsibility.member_id == ME,
            LIVE,
        )
    )


def answered_by_me(touchpoint_id: Any, role: ResponsibilityRole) -> ColumnElement[bool]:
    """Whether the reader has accepted a role for the moment of a touchpoint, also in a department.

    Not correlated: what the reader answers for is looked up once for all rows of a statement.
    """
    mine = select(Responsibility.touchpoint_id).where(
        Responsibility.organization_id == ORGANIZATION,
        or_(
            Responsibility.member_id == ME,
            Responsibility.department_id == MY_DEPARTMENTS.any_(),
        ),
        Responsibility.role == literal_column(f"'{role}'"),
        _ACCEPTED,
    )
    return func.coalesce(touchpoint_id.in_(mine), literal(False))


def i_answer_for(touchpoint_id: Any) -> tuple[ColumnElement[bool], ...]:
    """The columns that `answering` reads."""
    ties = (ResponsibilityRole.RESPONSIBLE, ResponsibilityRole.ACCOUNTABLE)
    return tuple(answered_by_me(touchpoint_id, role).label(role.value) for role in ties)


def answering(row: Row | Mapping[str, Any]) -> tuple[Relation, ...]:
    """What the moment of a touchpoint ties the reader with."""
    ties = (Relation.RESPONSIBLE, Relation.ACCOUNTABLE)
    return tuple(relation for relation in ties if row[relation.value])


_LIVE_OF_MOMENT = hot(
    select(Responsibility.id)
    .where(
        Responsibility.organization_id == ORGANIZATION,
        Responsibility.moment_id == bindparam("moment_id", type_=Uuid()),
        LIVE,
    )
    .order_by(Responsibility.id)
)


async def live_of_moment(tx: Transaction, actor: Actor, moment_id: UUID) -> list[UUID]:
    """The live responsibilities for a moment."""
    given = {"organization_id": actor.organization_id, "moment_id": moment_id}
    return [row["id"] for row in await tx.rows(_LIVE_OF_MOMENT, **given)]


_IS_ACCOUNTABLE = hot(select(my_accountable(bindparam("moment_id", type_=Uuid()))))


async def is_accountable(tx: Transaction, actor: Actor, moment_id: UUID) -> bool:
    """Whether the actor is to be accountable for a moment, accepted or not yet."""
    who = {"organization_id": actor.organization_id, "me": actor.member_id}
    return bool(await tx.value(_IS_ACCOUNTABLE, **who, moment_id=moment_id))


def not_own(accountable: bool) -> tuple[Condition, ...]:
    """What holds of a moment, given whether the actor is to be accountable for it."""
    return () if accountable else (Condition.NOT_OWN_ACCOUNTABLE,)
