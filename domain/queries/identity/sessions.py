"""Sessions of an account."""

from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam, select

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction, hot
from domain.models.identity.accounts import Session
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.rules.sessions import ABSOLUTE, IDLE

LAST = UUID(int=2**128 - 1)

_COLUMNS: Any = select(
    Session.id,
    Session.account_id,
    Session.organization_id,
    Session.member_id,
    Session.generation,
    Session.seed,
    Session.device,
    Session.created_at,
    Session.used_at,
    Session.ended_at,
    Session.scopes,
)
_HELD = hot(_COLUMNS.where(Session.id == bindparam("session_id", type_=Uuid())).with_for_update())
_LIVE = hot(
    _COLUMNS.where(
        Session.account_id == bindparam("account_id", type_=Uuid()),
        Session.ended_at.is_(None),
        Session.scopes.is_(None),
        Session.created_at > bindparam("created_after", type_=DateTime(timezone=True)),
        Session.used_at > bindparam("used_after", type_=DateTime(timezone=True)),
        Session.id < bindparam("before", type_=Uuid()),
    )
    .order_by(Session.id.desc())
    .limit(bindparam("count"))
)


async def held(tx: Transaction, session_id: UUID) -> Row | None:
    """A session that nobody else changes until this transaction ends."""
    return await tx.row(_HELD, session_id=session_id)


async def live(tx: Transaction, actor: Actor, page: PageRequest) -> Page:
    """The actor's sessions that have not ended, newest first."""
    bound = binding("sessions", {"account": actor.account_id})
    at = now()
    rows = await tx.rows(
        _LIVE,
        account_id=actor.account_id,
        created_after=at - ABSOLUTE,
        used_after=at - IDLE,
        before=decode_id(bound, page.cursor) or LAST,
        count=page.limit + 1,
    )
    return cut_by_id(rows, page.limit, bound)
