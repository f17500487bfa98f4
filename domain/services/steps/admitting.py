"""Letting a proven account into one of its organizations: a session, and what is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_bytes
from uuid import UUID

from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Forbidden, Unauthenticated
from domain.models.identity.accounts import Session
from domain.queries.identity import accounts, sessions

SEED_BYTES = 32


class OneOrganization(Forbidden):
    """A provider vouches for a member of one organization, and for nothing they are elsewhere."""

    code = "session_of_provider"
    detail = (
        "An identity provider of this organization let you in, and opens this one only: sign in"
        " with your password to do this."
    )


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody who is in: the session, the member, and every organization they may turn to."""

    session: Row
    member: Row
    organizations: Sequence[Row]


def pick(seats: Sequence[Row], wanted: UUID | None) -> Row | None:
    """The seat that is wanted, or the one used last."""
    return next((s for s in seats if wanted in (None, s["organization_id"])), None)


async def open_session(
    tx: Transaction, account_id: UUID, seat: Row, device: str, provider_id: UUID | None = None
) -> Admitted:
    """Begin a session of an account in the organization of a seat, maybe on a provider's word."""
    at = now()
    session = Session(
        account_id=account_id,
        organization_id=seat["organization_id"],
        member_id=seat["member_id"],
        seed=token_bytes(SEED_BYTES),
        device=device,
        created_at=at,
        used_at=at,
        provider_id=provider_id,
    )
    await tx.add(session)
    row = await sessions.held(tx, session.id)
    assert row is not None
    return await admitted(tx, row)


async def admitted(tx: Transaction, session: Row) -> Admitted:
    """What there is to say about a session; Unauthenticated when its member is suspended."""
    account_id, organization_id = session["account_id"], session["organization_id"]
    await tx.enter(organization_id)
    member = await accounts.seated(tx, account_id, organization_id, session["member_id"])
    if member is None:
        raise Unauthenticated
    return Admitted(session, member, await accounts.seats(tx, account_id))
