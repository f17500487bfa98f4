"""Accepting an invitation: with a new account, or with the one the person has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import NotFound
from domain.facts import Verb
from domain.ids import new_id
from domain.ledger import Fact, Locked
from domain.models.identity.accounts import Account
from domain.models.identity.invitations import Invitation
from domain.queries.identity.invitations import usable
from domain.queries.identity.members import member as member_row
from domain.roles import Group
from domain.services.steps import joining
from domain.services.steps.changing import change
from domain.services.steps.proving import Credentials, Hasher, named, prove
from domain.words import InvitationStatus

Judge = Callable[[str, str, str], None]
"""Refuses a bad password: the password, the e-mail address, the pointer to the field."""


class InvitationGone(NotFound):
    """What is said of every secret that opens nothing, whatever the reason."""

    code = "invitation_gone"
    detail = (
        "This invitation is not good any more: it was accepted, taken back, sent again, or has"
        " expired. Ask whoever invited you to send it again."
    )


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
    newcomer = _newcomer(given.organization_id, offer)
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
    return await _join(tx, newcomer, head, account, offer)


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


async def _join(
    tx: Transaction, newcomer: Actor, head: Locked, account: Account, offer: Row
) -> tuple[Row, Actor]:
    member, head = await joining.join(tx, None, head, account, _place(offer))
    newcomer = replace(newcomer, account_id=account.id, member_id=member.id)
    invitation = await tx.entity(Invitation, (newcomer.organization_id, offer["id"]))
    assert invitation is not None, "the stream is held"
    change(invitation, {"status": InvitationStatus.ACCEPTED.value, "member_id": member.id})
    await ledger.record(tx, newcomer, head, Fact(Verb.INVITATION_ACCEPTED, invitation))
    return await member_row(tx, newcomer, member.id), newcomer


def _place(offer: Row) -> joining.Place:
    return joining.Place(
        group=Group(offer["group"]),
        title=offer["title"],
        department_id=offer["department_id"],
        manager_id=offer["manager_id"],
        administrator=offer["administrator"],
        may_create_journeys=offer["may_create_journeys"],
    )


def _newcomer(organization_id: UUID, offer: Row) -> Actor:
    """Who acts: the member to be, whose ids are known once they have joined."""
    return Actor(
        account_id=new_id(),
        organization_id=organization_id,
        member_id=new_id(),
        session_id=new_id(),
        group=Group(offer["group"]),
        department_id=offer["department_id"],
        department_ids=frozenset(),
        administrator=offer["administrator"],
        may_create_journeys=offer["may_create_journeys"],
    )
