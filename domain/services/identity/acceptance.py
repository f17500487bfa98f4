"""Accepting an invitation: with a new account, or with the one the person has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.models.identity.accounts import Account
from domain.queries.identity.invitations import usable
from domain.queries.identity.members import member as member_row
from domain.services.steps import inviting
from domain.services.steps.inviting import InvitationGone
from domain.services.steps.proving import Credentials, Hasher, named, prove

Judge = Callable[[str, str, str], None]
"""Refuses a bad password: the password, the e-mail address, the pointer to the field."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What somebody shows who accepts; `address` is the network they come from."""

    organization_id: UUID
    digests: Sequence[bytes]
    name: str | None
    password: str
    address: str


async def accept(
    tx: Transaction, hasher: Hasher, judge: Judge, given: Acceptance
) -> tuple[Row, Actor]:
    """Join the organization. Whoever has an account proves that it is theirs."""
    await tx.enter(given.organization_id)
    offer = await _offer(tx, given)
    shown = Credentials(offer["email"], given.password, given.address)
    known = await named(tx, shown)
    newcomer = inviting.newcomer(given.organization_id, offer)
    if known is None:
        judge(given.password, offer["email"], "#/password")
        await tx.pause()
        hashed = await hasher.hash(given.password)
        head = await ledger.lock_organization(tx, newcomer)
        offer = await _offer(tx, given)
        account = await _new_account(tx, offer, given, hashed)
    else:
        proven = await prove(tx, hasher, shown, known)
        head = await ledger.lock_organization(tx, newcomer)
        offer = await _offer(tx, given)
        account = await _account(tx, proven["id"])
    member, newcomer, _ = await inviting.accept(tx, newcomer, head, account, offer)
    return await member_row(tx, newcomer, member.id), newcomer


async def _offer(tx: Transaction, given: Acceptance) -> Row:
    offer = await usable(tx, given.organization_id, given.digests, now())
    if offer is None:
        raise InvitationGone
    return offer


async def _new_account(tx: Transaction, offer: Row, given: Acceptance, hashed: str) -> Account:
    name = given.name or offer["name"]
    account = Account(email=offer["email"], name=name, password_hash=hashed)
    await tx.add(account)
    return account


async def _account(tx: Transaction, account_id: UUID) -> Account:
    account = await tx.entity(Account, account_id)
    assert account is not None, "it was proven in this transaction"
    return account
