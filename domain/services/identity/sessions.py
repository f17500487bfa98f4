"""Sessions: sign in, refresh, turn to another organization, sign out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import update

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import NotFound, Unauthenticated
from domain.models.identity.accounts import Session
from domain.queries.identity import accounts, sessions
from domain.rules.sessions import Worth, expires_at, worth
from domain.services.steps.admitting import (
    Admitted,
    OneOrganization,
    admitted,
    open_session,
    pick,
)
from domain.services.steps.ending import end_session
from domain.services.steps.proving import Credentials, Hasher, named, prove
from domain.words import SessionEnd


class RefreshRefused(Unauthenticated):
    """A refresh token that is no longer good, or never was. What it set off is remembered."""

    code = "refresh_refused"
    detail = "This refresh token is not good any more: sign in again."
    keeps_work = True


@dataclass(frozen=True, slots=True)
class Presented:
    """A refresh token that somebody showed; `fits` tells whether a session's seed made it."""

    session_id: UUID
    generation: int
    fits: Callable[[bytes], bool]


async def sign_in(
    tx: Transaction, hasher: Hasher, shown: Credentials, wanted: UUID | None, device: str
) -> Admitted:
    """Begin a session in the organization that is wanted, or the one used last."""
    account = await named(tx, shown)
    seat = pick(await accounts.seats(tx, account["id"] if account else None), wanted)
    proven = await prove(tx, hasher, shown, account if seat else None)
    assert seat is not None
    return await open_session(tx, proven["id"], seat, device)


async def refresh(tx: Transaction, presented: Presented) -> Admitted:
    """The session with its next generation; with its newest for a reply that was lost.

    A token that was replaced twice over ends the session: two parties hold its tokens.
    """
    session = await sessions.held(tx, presented.session_id)
    if session is None or not presented.fits(session["seed"]) or not _lives(session):
        raise RefreshRefused
    value = worth(session["generation"], presented.generation)
    if value is Worth.STOLEN:
        await end_session(tx, session["id"], session["account_id"], SessionEnd.REUSED)
        raise RefreshRefused
    if value is Worth.NEXT:
        session = await _advance(tx, session["id"], session["generation"] + 1)
    return await admitted(tx, session)


async def switch(tx: Transaction, actor: Actor, organization_id: UUID) -> Admitted:
    """Turn the session to another organization; NotFound where one is not an active member."""
    seats = await accounts.seats(tx, actor.account_id)
    seat = pick(seats, organization_id)
    session = await sessions.held(tx, actor.session_id)
    if seat is None:
        raise NotFound
    if session is None or not _lives(session):
        raise Unauthenticated
    if session["provider_id"] is not None and organization_id != session["organization_id"]:
        raise OneOrganization
    place = {"organization_id": organization_id, "member_id": seat["member_id"]}
    turned = await _advance(tx, session["id"], session["generation"] + 1, **place)
    return await admitted(tx, turned)


async def sign_out(tx: Transaction, actor: Actor) -> None:
    """End the session that asks."""
    await end_session(tx, actor.session_id, actor.account_id, SessionEnd.SIGNED_OUT)


async def revoke(tx: Transaction, actor: Actor, session_id: UUID) -> None:
    """End a session of one's own; NotFound for anybody else's and for one that has ended.

    So is one of another organization for whom an identity provider let in.
    """
    confined = await sessions.is_of_provider(tx, actor)
    if confined and not await sessions.is_here(tx, actor, session_id):
        raise NotFound
    if not await end_session(tx, session_id, actor.account_id, SessionEnd.REVOKED):
        raise NotFound


def _lives(session: Row) -> bool:
    ends = expires_at(session["created_at"], session["used_at"])
    # Behind an access token stands a session that nobody signed in to.
    return session["scopes"] is None and session["ended_at"] is None and now() < ends


async def _advance(tx: Transaction, session_id: UUID, generation: int, **place: Any) -> Row:
    unit = await tx.session()
    await unit.execute(
        update(Session)
        .where(Session.id == session_id)
        .values(generation=generation, used_at=now(), **place)
    )
    row = await sessions.held(tx, session_id)
    assert row is not None
    return row
