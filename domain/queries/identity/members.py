"""Members as others see them; their e-mail addresses are for administrators."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    exists,
    func,
    select,
)
from sqlalchemy.orm import aliased

from domain.actor import Actor, Standing
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.identity.accounts import Account
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.policy import allowed
from domain.queries.identity.people import ADDRESS
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ORGANIZATION
from domain.roles import Condition, May, Relation
from domain.words import MemberStatus

_TOLD_EMAIL = bindparam("told_email", type_=Boolean())
_Other = aliased(Member)
_ADMINISTERS = and_(Member.administrator, Member.status == MemberStatus.ACTIVE.value)
_ANOTHER_ADMINISTERS = exists(
    select(_Other.id).where(
        _Other.organization_id == Member.organization_id,
        _Other.id != Member.id,
        _Other.administrator,
        _Other.status == MemberStatus.ACTIVE.value,
    )
)
_OWNS_JOURNEY = exists(
    select(Journey.id).where(
        Journey.organization_id == Member.organization_id, Journey.owner_id == Member.id
    )
)
_MEMBERS = (
    select(
        *Member.__table__.c,
        case((_TOLD_EMAIL, ADDRESS)).label("email"),
        and_(_ADMINISTERS, ~_ANOTHER_ADMINISTERS).label("last_administrator"),
        _OWNS_JOURNEY.label("owns_journey"),
    )
    .outerjoin(Account, Account.id == Member.account_id)
    .where(Member.organization_id == ORGANIZATION)
)
_ONE = hot(_MEMBERS.where(Member.id == bindparam("id", type_=Uuid())))
_MANAGERS = hot(select(Member.id, Member.manager_id).where(Member.organization_id == ORGANIZATION))


def _below() -> ColumnElement[bool]:
    """In the department, or in any below it."""
    within = bindparam("department", type_=Uuid()) == Department.path.any_()
    branch = select(Department.id).where(Department.organization_id == ORGANIZATION, within)
    return Member.department_id.in_(branch)


FILTERS: Mapping[str, ColumnElement[bool]] = {
    "q": func.strpos(func.lower(Member.name), func.lower(bindparam("q", type_=Text()))) > 0,
    "group": Member.group == bindparam("group", type_=ARRAY(Text())).any_(),
    "department": _below(),
    "kind": Member.kind == bindparam("kind", type_=ARRAY(Text())).any_(),
    "status": Member.status == bindparam("status", type_=ARRAY(Text())).any_(),
}


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    statement = _MEMBERS.where(*(FILTERS[name] for name in sorted(filters)))
    if "status" not in filters:
        statement = statement.where(Member.status != MemberStatus.ERASED.value)
    if paged:
        statement = statement.where(Member.id > bindparam("after", type_=Uuid()))
    return hot(statement.order_by(Member.id).limit(bindparam("limit")))


async def list_members(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of members, in the order in which they joined; without `status` none erased."""
    given = {name: value for name, value in filters.items() if value is not None}
    bound = binding("members", given)
    after = decode_id(bound, page.cursor)
    further = {} if after is None else {"after": after}
    statement = _list(frozenset(given), after is not None)
    rows = await tx.rows(statement, **_reader(actor), **given, **further, limit=page.limit + 1)
    return cut_by_id(rows, page.limit, bound)


async def find_member(tx: Transaction, actor: Actor, member_id: UUID) -> Row | None:
    """A member of the organization, or None."""
    return await tx.row(_ONE, id=member_id, **_reader(actor))


async def member(tx: Transaction, actor: Actor, member_id: UUID) -> Row:
    """The same; NotFound without one."""
    row = await find_member(tx, actor, member_id)
    if row is None:
        raise NotFound
    return row


async def managers(tx: Transaction, actor: Actor) -> dict[UUID, UUID | None]:
    """The whole chain of command: each member's manager."""
    rows = await tx.rows(_MANAGERS, organization_id=actor.organization_id)
    return {row["id"]: row["manager_id"] for row in rows}


def standing(row: Row, actor: Actor) -> Standing:
    """How the actor stands towards a member."""
    ties = [Relation.ONESELF] if row["id"] == actor.member_id else []
    held = {
        Condition.NOT_LAST_ADMINISTRATOR: not row["last_administrator"],
        Condition.OWNS_NO_JOURNEY: not row["owns_journey"],
    }
    return actor.standing(*ties, conditions=[name for name, holds in held.items() if holds])


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with a member now: the `may` of its reply."""
    if row["status"] == MemberStatus.ERASED:
        return []
    return allowed(actor, (May.MANAGE_MEMBERS, May.ERASE_MEMBER), standing(row, actor))


def _reader(actor: Actor) -> dict[str, Any]:
    return {"organization_id": actor.organization_id, "told_email": actor.administrator}
