"""Invitations, for administrators, and for whoever holds the secret of one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
    LargeBinary,
    Text,
    Uuid,
    bindparam,
    exists,
    select,
)

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.identity.accounts import Account
from domain.models.identity.invitations import Invitation
from domain.models.identity.members import Member
from domain.queries.listing import newest_of_all
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ORGANIZATION
from domain.words import InvitationStatus

_INVITATIONS = select(
    *(column for column in Invitation.__table__.c if column.key != "secret_hash")
).where(Invitation.organization_id == ORGANIZATION)
_ONE = hot(_INVITATIONS.where(Invitation.id == bindparam("id", type_=Uuid())))
_PENDING = _INVITATIONS.where(
    Invitation.status == InvitationStatus.PENDING.value,
    Invitation.expires_at > bindparam("at", type_=DateTime(timezone=True)),
)
_USABLE = hot(
    _PENDING.where(
        Invitation.secret_hash == bindparam("digests", type_=ARRAY(LargeBinary())).any_()
    )
)
_UNTOUCHED = hot(
    _PENDING.where(
        Invitation.id == bindparam("id", type_=Uuid()),
        Invitation.updated_at <= bindparam("since", type_=DateTime(timezone=True)),
    )
)
_IS_MEMBER = hot(
    select(
        exists(
            select(Member.id)
            .join(Account, Account.id == Member.account_id)
            .where(
                Member.organization_id == ORGANIZATION,
                Account.email == bindparam("email", type_=Text()),
            )
        )
    )
)
FILTERS: Mapping[str, ColumnElement[bool]] = {
    "status": Invitation.status == bindparam("status", type_=ARRAY(Text())).any_(),
}


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    statement = _INVITATIONS.where(*(FILTERS[name] for name in sorted(filters)))
    if paged:
        statement = statement.where(Invitation.id < bindparam("before", type_=Uuid()))
    return hot(statement.order_by(Invitation.id.desc()).limit(bindparam("limit")))


async def list_invitations(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of invitations, newest first."""
    return await newest_of_all(tx, actor, "invitations", _list, filters, page)


async def invitation(tx: Transaction, actor: Actor, invitation_id: UUID) -> Row:
    """One invitation; NotFound without one."""
    row = await tx.row(_ONE, organization_id=actor.organization_id, id=invitation_id)
    if row is None:
        raise NotFound
    return row


async def usable(
    tx: Transaction, organization_id: UUID, digests: Sequence[bytes], at: datetime
) -> Row | None:
    """The invitation that a secret opens; None when it was used, revoked, or has expired."""
    return await tx.row(_USABLE, organization_id=organization_id, digests=list(digests), at=at)


async def untouched(
    tx: Transaction, invitation_id: UUID, since: datetime, at: datetime
) -> Row | None:
    """The invitation, if it is still good and nobody has sent it again or changed it since then."""
    given = {"organization_id": tx.organization_id, "id": invitation_id}
    return await tx.row(_UNTOUCHED, since=since, at=at, **given)


async def is_member(tx: Transaction, actor: Actor, email: str) -> bool:
    """Whether somebody with this address is a member, active or suspended."""
    return bool(await tx.value(_IS_MEMBER, organization_id=actor.organization_id, email=email))
