"""Tickets for streams: made by a member for themselves, good for one opening within a minute."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ARRAY, DateTime, LargeBinary, bindparam, delete, update

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction, hot
from domain.models.identity.accounts import Session
from domain.models.identity.members import Member
from domain.models.live.streams import StreamTicket
from domain.queries.readers import ORGANIZATION

LIFETIME = timedelta(seconds=60)

_AT = bindparam("at", type_=DateTime(timezone=True))
_SWEEP = hot(
    delete(StreamTicket).where(
        StreamTicket.organization_id == ORGANIZATION, StreamTicket.expires_at < _AT
    )
)
# Whoever comes second finds it used: the row is locked, and read again, by the update itself.
_USE = hot(
    update(StreamTicket)
    .where(
        StreamTicket.organization_id == ORGANIZATION,
        StreamTicket.secret_hash == bindparam("digests", type_=ARRAY(LargeBinary())).any_(),
        StreamTicket.used_at.is_(None),
        StreamTicket.expires_at > _AT,
        Member.organization_id == StreamTicket.organization_id,
        Member.id == StreamTicket.member_id,
        Session.id == StreamTicket.session_id,
    )
    .values(used_at=_AT)
    .returning(StreamTicket.member_id, StreamTicket.session_id, Member.account_id, Session.scopes)
)


async def issue(tx: Transaction, actor: Actor, digest: bytes) -> StreamTicket:
    """A ticket for the actor; those that nobody has used in time go."""
    at = now()
    await tx.run(_SWEEP, organization_id=actor.organization_id, at=at)
    ticket = StreamTicket(
        organization_id=actor.organization_id,
        member_id=actor.member_id,
        session_id=actor.session_id,
        secret_hash=digest,
        expires_at=at + LIFETIME,
    )
    await tx.add(ticket)
    return ticket


async def use(tx: Transaction, digests: Sequence[bytes]) -> Row | None:
    """Whose ticket it is, which is used up by this; None when it opens nothing any more."""
    return await tx.row(_USE, organization_id=tx.organization_id, digests=list(digests), at=now())
