"""Who is acting, read anew: an ended session or a suspended member acts no more."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.identity.accounts import Session
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.roles import Group
from domain.words import MemberStatus

_ACTOR = hot(
    select(
        Member.id,
        Member.account_id,
        Member.group,
        Member.department_id,
        Member.administrator,
        Member.may_create_journeys,
        Department.path,
    )
    .select_from(Session)
    .join(Member, Member.account_id == Session.account_id)
    .outerjoin(
        Department,
        (Department.organization_id == Member.organization_id)
        & (Department.id == Member.department_id),
    )
    .where(
        Session.id == bindparam("session_id", type_=Uuid()),
        Session.ended_at.is_(None),
        Member.organization_id == bindparam("organization_id", type_=Uuid()),
        Member.id == bindparam("member_id", type_=Uuid()),
        Member.status == MemberStatus.ACTIVE.value,
    )
)


async def acting(
    tx: Transaction, organization_id: UUID, member_id: UUID, session_id: UUID
) -> Actor | None:
    """The member behind a session, or None when either is no longer good."""
    row = await tx.row(
        _ACTOR, organization_id=organization_id, member_id=member_id, session_id=session_id
    )
    if row is None:
        return None
    return Actor(
        account_id=row["account_id"],
        organization_id=organization_id,
        member_id=row["id"],
        session_id=session_id,
        group=Group(row["group"]),
        department_id=row["department_id"],
        department_ids=frozenset(row["path"] or ()),
        administrator=row["administrator"],
        may_create_journeys=row["may_create_journeys"],
    )
