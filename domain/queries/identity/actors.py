"""Who is acting, read anew: an ended session or a suspended member acts no more."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Uuid, bindparam, case, func, or_, select

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction, hot
from domain.models.identity.accounts import Session
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.records.idempotency import IdempotencyKey
from domain.roles import Group, Scope
from domain.words import MemberKind, MemberStatus

_WHO = (
    select(
        Member.id,
        Member.account_id,
        Member.group,
        Member.department_id,
        Member.administrator,
        Member.may_create_journeys,
        Member.name,
        Member.title,
        case((Member.kind == MemberKind.SERVICE.value, Member.manager_id)).label("answered_by"),
        Department.path,
        Department.name.label("department_name"),
    )
    .select_from(Member)
    .outerjoin(
        Department,
        (Department.organization_id == Member.organization_id)
        & (Department.id == Member.department_id),
    )
    .where(
        Member.organization_id == bindparam("organization_id", type_=Uuid()),
        Member.id == bindparam("member_id", type_=Uuid()),
        Member.status == MemberStatus.ACTIVE.value,
    )
)
_ACTING = (
    _WHO.join(Session, Session.account_id == Member.account_id)
    .add_columns(Session.scopes)
    .where(
        Session.id == bindparam("session_id", type_=Uuid()),
        Session.ended_at.is_(None),
        or_(
            Session.expires_at.is_(None),
            Session.expires_at > bindparam("at", type_=DateTime(timezone=True)),
        ),
    )
)
_ACTOR, _ALONE = hot(_ACTING), hot(_WHO)
# The advisory lock never waits: whoever does not get it knows that the first request is still in
# flight. It only saves work; that there is one effect is held by the primary key of the table.
_CLAIMING = hot(
    _ACTING.add_columns(
        func.pg_try_advisory_xact_lock(bindparam("lock", type_=BigInteger())).label("mine"),
        IdempotencyKey.fingerprint,
        IdempotencyKey.status,
        IdempotencyKey.headers,
        IdempotencyKey.body,
    ).outerjoin(
        IdempotencyKey,
        (IdempotencyKey.organization_id == Member.organization_id)
        & (IdempotencyKey.member_id == Member.id)
        & (IdempotencyKey.operation == bindparam("operation"))
        & (IdempotencyKey.key == bindparam("key"))
        & (IdempotencyKey.created_at >= bindparam("expired")),
    )
)


async def acting(
    tx: Transaction, organization_id: UUID, member_id: UUID, session_id: UUID
) -> Actor | None:
    """The member behind a session, or None when either is no longer good."""
    who = {"organization_id": organization_id, "member_id": member_id, "session_id": session_id}
    row = await tx.row(_ACTOR, at=now(), **who)
    return None if row is None else _actor(row, organization_id, session_id)


async def acting_alone(tx: Transaction, member_id: UUID, work_id: UUID) -> Actor | None:
    """A member whose work is done for them later, with the rights they have by then.

    None when they are active no more; `work_id` stands for a session.
    """
    row = await tx.row(_ALONE, organization_id=tx.organization_id, member_id=member_id)
    assert tx.organization_id is not None
    return None if row is None else _actor(row, tx.organization_id, work_id)


async def acting_with_key(
    tx: Transaction, session_id: UUID, sought: Mapping[str, Any]
) -> tuple[Actor, Row] | None:
    """The same, and what is kept under the Idempotency-Key that `sought` describes.

    `mine` says whether the key is now this transaction's; `status` is null when nothing is kept.
    """
    row = await tx.row(_CLAIMING, session_id=session_id, at=now(), **sought)
    return None if row is None else (_actor(row, sought["organization_id"], session_id), row)


def _actor(row: Row, organization_id: UUID, session_id: UUID) -> Actor:
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
        name=row["name"],
        title=row["title"],
        department_name=row["department_name"],
        scopes=scopes_of(row.get("scopes")),
        answered_by=row["answered_by"],
    )


def scopes_of(told: Sequence[str] | None) -> frozenset[Scope] | None:
    """What a session allows: everything (None), or what its access token was made for."""
    return None if told is None else frozenset(map(Scope, told))
