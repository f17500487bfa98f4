"""Ending sessions: what they could do, they can do no more."""

from typing import Any
from uuid import UUID

from sqlalchemy import update

from domain.clock import now
from domain.database import Transaction
from domain.models.identity.accounts import Session
from domain.words import SessionEnd

_SIGNED_IN = Session.scopes.is_(None)


async def end_session(
    tx: Transaction, session_id: UUID, account_id: UUID, reason: SessionEnd
) -> bool:
    """End one session of an account; False when there is none that could be ended."""
    which = Session.id == session_id, Session.account_id == account_id, _SIGNED_IN
    return await _end(tx, reason, *which) == 1


async def end_token(tx: Transaction, session_id: UUID) -> None:
    """End the session behind an access token, unless it has ended already."""
    await _end(tx, SessionEnd.REVOKED, Session.id == session_id, Session.scopes.is_not(None))


async def end_tokens(tx: Transaction, member_id: UUID, reason: SessionEnd) -> int:
    """End every access token of a member; how many they were."""
    return await _end(tx, reason, Session.member_id == member_id, Session.scopes.is_not(None))


async def end_sessions(
    tx: Transaction, account_id: UUID, reason: SessionEnd, but: UUID | None = None
) -> int:
    """End every session of an account; how many they were.

    With `but` all others of those who signed in: access tokens stay, which no password made.
    """
    spared = () if but is None else (Session.id != but, _SIGNED_IN)
    return await _end(tx, reason, Session.account_id == account_id, *spared)


async def end_sessions_of_provider(
    tx: Transaction, organization_id: UUID, provider_id: UUID, *which: Any
) -> int:
    """End the sessions that an identity provider began, all or `which` of them; how many."""
    its = Session.organization_id == organization_id, Session.provider_id == provider_id
    return await _end(tx, SessionEnd.PROVIDER_CLOSED, *its, *which)


async def _end(tx: Transaction, reason: SessionEnd, *which: Any) -> int:
    session = await tx.session()
    ended: Any = await session.execute(
        update(Session)
        .where(Session.ended_at.is_(None), *which)
        .values(ended_at=now(), end_reason=reason.value)
    )
    return int(ended.rowcount)
