"""Sessions of an account."""

from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction, hot
from domain.models.identity.accounts import Session
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.rules.sessions import ABSOLUTE, IDLE

_ONE = Session.id == bindparam("session_id", type_=Uuid())
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
    Session.provider_id,
)
_HERE = Session.organization_id == bindparam("organization_id", type_=Uuid())
_ASKING = aliased(Session)
_CONFINED = exists(
    select(_ASKING.id).where(
        _ASKING.id == bindparam("asking_id", type_=Uuid()), _ASKING.provider_id.is_not(None)
    )
)
_PROVIDER = hot(select(Session.provider_id).where(_ONE))
_IS_HERE = hot(select(exists(select(Session.id).where(_ONE, _HERE))))
_HELD = hot(_COLUMNS.where(_ONE).with_for_update())
_LIVE = hot(
    _COLUMNS.where(
        Session.account_id == bindparam("account_id", type_=Uuid()),
        Session.ended_at.is_(None),
        Session.scopes.is_(None),
        Session.created_at > bindparam("created_after", type_=DateTime(timezone=True)),
        Session.used_at > bindparam("used_after", type_=DateTime(timezone=True)),
        Session.id < bindparam("before", type_=Uuid()),
        or_(_HERE, ~_CONFINED),
    )
    .order_by(Session.id.desc())
    .limit(bindparam("count"))
)


async def held(tx: Transaction, session_id: UUID) -> Row | None:
    """A session that nobody else changes until this transaction ends."""
    return await tx.row(_HELD, session_id=session_id)


async def live(tx: Transaction, actor: Actor, page: PageRequest) -> Page:
    """The actor's sessions that have not ended, newest first.

    Whom an identity provider let in is told of those in its organization.
    """
    bound = binding("sessions", {"account": actor.account_id})
    at = now()
    rows = await tx.rows(
        _LIVE,
        account_id=actor.account_id,
        organization_id=actor.organization_id,
        asking_id=actor.session_id,
        created_after=at - ABSOLUTE,
        used_after=at - IDLE,
        before=decode_id(bound, page.cursor) or LAST,
        count=page.limit + 1,
    )
    return cut_by_id(rows, page.limit, bound)


async def provider_of(tx: Transaction, actor: Actor) -> UUID | None:
    """The identity provider that let the actor in; None where a password did."""
    found: UUID | None = await tx.value(_PROVIDER, session_id=actor.session_id)
    return found


async def is_of_provider(tx: Transaction, actor: Actor) -> bool:
    """Whether an identity provider let the actor in, and no password."""
    return await provider_of(tx, actor) is not None


async def is_here(tx: Transaction, actor: Actor, session_id: UUID) -> bool:
    """Whether a session is in the actor's organization."""
    given = {"session_id": session_id, "organization_id": actor.organization_id}
    return bool(await tx.value(_IS_HERE, **given))
