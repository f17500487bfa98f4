"""Signing in by an identity provider: sent away, let in, joining."""

from collections.abc import Sequence
from uuid import UUID

from domain import ledger
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Conflict
from domain.ledger import Locked
from domain.models.identity.accounts import Account
from domain.models.identity.members import Member
from domain.queries.identity import accounts, identities
from domain.queries.identity.invitations import usable
from domain.roles import Group
from domain.rules.providers import Vouched
from domain.services.steps import inviting, joining, vouching
from domain.services.steps.admitting import Admitted, open_session, pick
from domain.services.steps.inviting import InvitationGone
from domain.services.steps.turning_away import IdentityUnknown, NoPlace
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
        member = await _welcome(tx, head, flow, provider, vouched)
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


async def _welcome(
    tx: Transaction, head: Locked, flow: Row, provider: Row, vouched: Vouched
) -> Member:
    """Somebody new: invited, or because whoever the provider lets in may join."""
    if flow["invitation_id"] is not None:
        member = await _accept(tx, head, flow, provider, vouched)
    elif provider["joins"]:
        member = await _join(tx, head, provider, vouched)
    else:
        raise IdentityUnknown
    await vouching.remember(tx, provider["id"], member.id, vouched)
    return member


async def _accept(
    tx: Transaction, head: Locked, flow: Row, provider: Row, vouched: Vouched
) -> Member:
    offer = await identities.offer(tx, flow["invitation_id"], flow["created_at"], now())
    if offer is None:
        raise InvitationGone
    newcomer = inviting.newcomer(head.stream_id, offer)
    account = await _account(tx, offer["name"])
    member, _, head = await inviting.accept(tx, newcomer, head, account, offer)
    await vouching.follow(tx, head, member, provider, vouched)
    return member


async def _join(tx: Transaction, head: Locked, provider: Row, vouched: Vouched) -> Member:
    claims = await vouching.claimed(tx, provider, vouched)
    group = claims.get("group") or provider["default_group"]
    if group is None:
        raise NoPlace
    account = await _account(tx, vouched.name)
    place = joining.Place(group=Group(group), department_id=claims.get("department_id"))
    member, _ = await joining.join(tx, None, head, account, place)
    return member


async def _account(tx: Transaction, name: str) -> Account:
    """Without an address and a password: no provider takes an address from whoever has it."""
    account = Account(email=None, name=name)
    await tx.add(account)
    return account
