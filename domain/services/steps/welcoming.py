"""Somebody new whom an identity provider lets in: how they become a member."""

from domain.clock import now
from domain.database import Row, Transaction
from domain.ledger import Locked
from domain.models.identity.accounts import Account
from domain.models.identity.members import Member
from domain.queries.identity.invitations import untouched
from domain.roles import Group
from domain.rules.vouching import Vouched
from domain.services.steps import inviting, joining, vouching
from domain.services.steps.inviting import InvitationGone
from domain.services.steps.turning_away import IdentityUnknown, NoPlace


async def welcome(
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
    offer = await untouched(tx, flow["invitation_id"], flow["created_at"], now())
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
