"""Signing in by an identity provider: sent away, let in, joining."""

from collections.abc import Sequence
from uuid import UUID

from domain import ledger
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Conflict
from domain.ledger import Locked
from domain.models.identity.members import Member
from domain.queries.identity import accounts, identities
from domain.queries.identity.invitations import usable
from domain.rules.vouching import Vouched
from domain.services.steps import vouching
from domain.services.steps.admitting import Admitted, open_session, pick
from domain.services.steps.inviting import InvitationGone
from domain.services.steps.turning_away import IdentityUnknown
from domain.services.steps.welcoming import welcome
from domain.words import MemberStatus


async def invited(tx: Transaction, organization_id: UUID, digests: Sequence[bytes]) -> UUID:
    """The invitation that a secret opens here; InvitationGone when it opens none."""
    offer = await usable(tx, organization_id, digests, now())
    if offer is None:
        raise InvitationGone
    found: UUID = offer["id"]
    return found


async def admit(tx: Transaction, flow: Row, vouched: Vouched) -> Admitted:
    """Begin a session of whoever the provider means. Their address decides nothing.

    Nobody is known twice: the organization's stream is held from before they are looked for.
    """
    assert tx.organization_id is not None
    head = await ledger.lock_alone(tx, tx.organization_id)
    provider = await vouching.still_open(tx, flow, vouched)
    known = await identities.known(tx, provider["id"], vouched.issuer, vouched.subject)
    if known is None:
        member = await welcome(tx, head, flow, provider, vouched)
    elif flow["invitation_id"] is not None:
        detail = "You are a member already: sign in without the invitation."
        raise Conflict(detail, code="already_member")
    else:
        member = await _return(tx, head, known, provider, vouched)
    assert member.account_id is not None, "whoever is active has an account"
    seats = await accounts.seats(tx, member.account_id)
    seat = pick(seats, member.organization_id)
    assert seat is not None, "whoever is active has a seat"
    return await open_session(tx, member.account_id, seat, flow["device"], provider["id"])


async def _return(
    tx: Transaction, head: Locked, known: Row, provider: Row, vouched: Vouched
) -> Member:
    member = await tx.entity(Member, (provider["organization_id"], known["member_id"]))
    if member is None or member.status != MemberStatus.ACTIVE:
        raise IdentityUnknown
    await vouching.renew(tx, known["id"], vouched)
    await vouching.follow(tx, head, member, provider, vouched)
    return member
