"""Ending sessions: what they could do, they can do no more."""

from typing import Any
from uuid import UUID

from sqlalchemy import update

from domain.clock import now
from domain.database import Transaction
from domain.models.identity.accounts import Session
from domain.words import SessionEnd


async def end_session(
    tx: Transaction, session_id: UUID, account_id: UUID, reason: SessionEnd
) -> bool:
    """End one session of an account; False when there is none that could be ended."""
    return await _end(tx, reason, Session.id == session_id, Session.account_id == account_id) == 1


async def end_sessions(
    tx: Transaction, account_id: UUID, reason: SessionEnd, but: UUID | None = None
) -> int:
    """End every session of an account, `but` one; how many they were."""
    spared = () if but is None else (Session.id != but,)
    return await _end(tx, reason, Session.account_id == account_id, *spared)


async def _end(tx: Transaction, reason: SessionEnd, *which: Any) -> int:
    session = await tx.session()
    ended: Any = await session.execute(
        update(Session)
        .where(Session.ended_at.is_(None), *which)
        .values(ended_at=now(), end_reason=reason.value)
    )
    return int(ended.rowcount)
