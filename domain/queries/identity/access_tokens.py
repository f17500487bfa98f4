"""Access tokens: who they speak for, and what is told of them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    DateTime,
    LargeBinary,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from domain.actor import Actor
from domain.clock import now
from domain.database import Hot, Row, Transaction, hot
from domain.models.identity.accounts import Session
from domain.models.identity.tokens import AccessToken
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ORGANIZATION
from domain.words import TokenStatus

USED_EVERY = timedelta(minutes=1)
"""How exactly it is kept when a token was used last."""
_LAST = UUID(int=2**128 - 1)

_AT = bindparam("at", type_=DateTime(timezone=True))
_LIVES = and_(Session.ended_at.is_(None), Session.expires_at > _AT)
_JOINED = and_(AccessToken.organization_id == ORGANIZATION, Session.id == AccessToken.session_id)
_FOUND = (
    select(
        AccessToken.member_id,
        AccessToken.session_id,
        Session.account_id,
        Session.scopes,
        Session.expires_at,
    )
    .join(Session, _JOINED)
    .where(
        AccessToken.secret_hash == bindparam("digests", type_=ARRAY(LargeBinary())).any_(), _LIVES
    )
    .cte("found")
)
_USED = (
    update(Session)
    .where(
        Session.id == _FOUND.c.session_id,
        or_(
            Session.used_at == Session.created_at,  # never yet
            Session.used_at <= bindparam("before", type_=DateTime(timezone=True)),
        ),
    )
    .values(used_at=_AT)
    .cte("used")
)
_USE = hot(select(_FOUND).add_cte(_USED))
_TOLD: Any = select(
    AccessToken.id,
    AccessToken.member_id,
    AccessToken.session_id,
    AccessToken.name,
    AccessToken.ending,
    AccessToken.created_by,
    AccessToken.created_at,
    Session.account_id,
    Session.scopes,
    Session.expires_at,
    Session.ended_at,
    Session.end_reason,
    func.nullif(Session.used_at, Session.created_at).label("last_used_at"),
    case(
        (Session.ended_at.is_not(None), TokenStatus.ENDED.value),
        (Session.expires_at <= _AT, TokenStatus.EXPIRED.value),
        else_=TokenStatus.ACTIVE.value,
    ).label("status"),
).join(Session, _JOINED)
_ONE = hot(_TOLD.where(AccessToken.id == bindparam("id", type_=Uuid())))
_OF_SESSION = hot(_TOLD.where(AccessToken.session_id == bindparam("session_id", type_=Uuid())))
_COUNT = hot(
    select(func.count())
    .select_from(AccessToken)
    .join(Session, _JOINED)
    .where(AccessToken.member_id == bindparam("member_id", type_=Uuid()), _LIVES)
)


@cache
def _list(filtered: bool) -> Hot:
    statement = _TOLD.where(
        AccessToken.member_id == bindparam("member_id", type_=Uuid()),
        AccessToken.id < bindparam("before", type_=Uuid()),
    )
    told = statement.order_by(AccessToken.id.desc()).limit(bindparam("count"))
    if not filtered:
        return hot(told)
    status = _TOLD.selected_columns.status
    return hot(told.where(status == bindparam("status", type_=ARRAY(Text())).any_()))


async def use(tx: Transaction, digests: Sequence[bytes]) -> Row | None:
    """Whose token it is, and that it is used now; None when it opens nothing (any more)."""
    at = now()
    given = {"digests": list(digests), "at": at, "before": at - USED_EVERY}
    return await tx.row(_USE, organization_id=tx.organization_id, **given)


async def find(tx: Transaction, actor: Actor, token_id: UUID) -> Row | None:
    """A token of the organization, or None."""
    return await tx.row(_ONE, id=token_id, organization_id=actor.organization_id, at=now())


async def shown(tx: Transaction, actor: Actor) -> Row | None:
    """The token that the actor came with, None for a session."""
    if actor.scopes is None:
        return None
    here = {"organization_id": actor.organization_id, "at": now()}
    return await tx.row(_OF_SESSION, session_id=actor.session_id, **here)


async def count_live(tx: Transaction, organization_id: UUID, member_id: UUID) -> int:
    """How many tokens of a member open something."""
    here = {"organization_id": organization_id, "at": now()}
    found: int = await tx.value(_COUNT, member_id=member_id, **here)
    return found


async def list_tokens(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of a member's tokens, newest first."""
    given = {name: value for name, value in filters.items() if value is not None}
    bound = binding("access tokens", given)
    rows = await tx.rows(
        _list("status" in given),
        **given,
        organization_id=actor.organization_id,
        at=now(),
        before=decode_id(bound, page.cursor) or _LAST,
        count=page.limit + 1,
    )
    return cut_by_id(rows, page.limit, bound)
