"""Accounts: who can sign in, and where."""

from typing import Any
from uuid import UUID

from sqlalchemy import Text, Uuid, bindparam, func, select

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.identity.accounts import Account, Membership, Session
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.identity.organizations import Organization
from domain.queries.identity.people import ADDRESS
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.rules.emails import normalize
from domain.words import MemberStatus

NOBODY = UUID(int=0)
ID = bindparam("account_id", type_=Uuid())

_ACCOUNT: Any = select(Account.id, Account.email, Account.name, Account.password_hash)
_BY_EMAIL = hot(_ACCOUNT.where(Account.email == bindparam("email", type_=Text())))
_BY_ID = hot(_ACCOUNT.where(Account.id == ID))
# It keeps nobody from pointing at the account: a new membership must not wait for this lock.
_HELD = hot(_ACCOUNT.where(Account.id == ID).with_for_update(key_share=True))
_SEATS = hot(
    select(
        Membership.organization_id,
        Membership.member_id,
        Organization.name,
        func.max(Session.used_at).label("used_at"),
    )
    .join(Organization, Organization.id == Membership.organization_id)
    .outerjoin(
        Session,
        (Session.account_id == Membership.account_id)
        & (Session.organization_id == Membership.organization_id)
        & Session.scopes.is_(None),
    )
    .where(Membership.account_id == ID, Membership.active.is_(True))
    .group_by(Membership.organization_id, Membership.member_id, Organization.name)
    .order_by(func.max(Session.used_at).desc().nulls_last(), Membership.member_id)
)
_EVERYWHERE = hot(
    select(Membership.organization_id, Membership.member_id)
    .where(Membership.account_id == ID)
    .order_by(Membership.organization_id)
)
_ORGANIZATIONS = hot(
    select(Organization.id, Organization.name, Membership.member_id)
    .join(Membership, Membership.organization_id == Organization.id)
    .where(
        Membership.account_id == ID,
        Membership.active.is_(True),
        Organization.id > bindparam("after", type_=Uuid()),
    )
    .order_by(Organization.id)
    .limit(bindparam("count"))
)
_ME = hot(
    select(
        Account.id,
        Account.version,
        ADDRESS.label("email"),
        Account.name,
        Account.language,
        Member.id.label("member_id"),
        Member.version.label("member_version"),
        Member.name.label("member_name"),
        Member.title,
        Member.kind,
        Member.group,
        Member.manager_id,
        Member.administrator,
        Member.may_create_journeys,
        Organization.id.label("organization_id"),
        Organization.version.label("organization_version"),
        Organization.name.label("organization_name"),
        Department.id.label("department_id"),
        Department.version.label("department_version"),
        Department.name.label("department_name"),
    )
    .join(Member, Member.account_id == Account.id)
    .join(Organization, Organization.id == Member.organization_id)
    .outerjoin(
        Department,
        (Department.organization_id == Member.organization_id)
        & (Department.id == Member.department_id),
    )
    .where(
        Account.id == ID,
        Member.organization_id == bindparam("organization_id", type_=Uuid()),
        Member.id == bindparam("member_id", type_=Uuid()),
    )
)
_SEATED = hot(
    select(
        Member.id,
        Member.name,
        Member.title,
        Member.kind,
        Member.group,
        Member.department_id,
        Member.administrator,
        Member.may_create_journeys,
    ).where(
        Member.account_id == ID,
        Member.organization_id == bindparam("organization_id", type_=Uuid()),
        Member.id == bindparam("member_id", type_=Uuid()),
        Member.status == MemberStatus.ACTIVE.value,
    )
)


async def by_email(tx: Transaction, email: str) -> Row | None:
    """The account with this address, however it is spelled."""
    return await tx.row(_BY_EMAIL, email=normalize(email))


async def by_id(tx: Transaction, account_id: UUID) -> Row | None:
    return await tx.row(_BY_ID, account_id=account_id)


async def held(tx: Transaction, account_id: UUID) -> Row | None:
    """The account, which nobody else changes until this transaction ends."""
    return await tx.row(_HELD, account_id=account_id)


async def seats(tx: Transaction, account_id: UUID | None) -> list[Row]:
    """Where an account may sign in, the organization used last first; as quick for nobody."""
    return await tx.rows(_SEATS, account_id=account_id or NOBODY)


async def everywhere(tx: Transaction, account_id: UUID) -> list[Row]:
    """Every member that an account is, suspended ones too, in the order of organizations."""
    return await tx.rows(_EVERYWHERE, account_id=account_id)


async def seated(
    tx: Transaction, account_id: UUID, organization_id: UUID, member_id: UUID
) -> Row | None:
    """The member behind a seat, None when suspended; the organization must have been entered."""
    return await tx.row(
        _SEATED, account_id=account_id, organization_id=organization_id, member_id=member_id
    )


async def organizations(tx: Transaction, actor: Actor, page: PageRequest) -> Page:
    """The organizations in which the actor's account is an active member."""
    bound = binding("my organizations", {"account": actor.account_id})
    after = decode_id(bound, page.cursor) or NOBODY
    rows = await tx.rows(
        _ORGANIZATIONS, account_id=actor.account_id, after=after, count=page.limit + 1
    )
    return cut_by_id(rows, page.limit, bound)


async def me(tx: Transaction, actor: Actor) -> Row:
    """The actor's account, and the member it is in this organization."""
    row = await tx.row(
        _ME,
        account_id=actor.account_id,
        organization_id=actor.organization_id,
        member_id=actor.member_id,
    )
    assert row is not None, "the actor was read a moment ago in this transaction"
    return row
