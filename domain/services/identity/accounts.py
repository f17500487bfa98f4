"""Accounts: sign up with a new organization, change one's own name and language."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Stale
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.identity.accounts import Account
from domain.models.identity.members import Member
from domain.queries.identity import accounts, sessions
from domain.roles import Group
from domain.rules.emails import normalize
from domain.services.steps import joining
from domain.services.steps.admitting import Admitted, OneOrganization, open_session, pick
from domain.services.steps.changing import change
from domain.services.steps.proving import Credentials, Hasher, named, prove


@dataclass(frozen=True, slots=True)
class Founding:
    """What somebody tells who founds an organization."""

    organization: str
    name: str
    group: Group
    device: str


async def sign_up(
    tx: Transaction, hasher: Hasher, shown: Credentials, founding: Founding
) -> Admitted:
    """Found an organization and administer it. Whoever has an account proves that it is theirs."""
    known = await named(tx, shown)
    account = await (_proven if known else _new)(tx, hasher, shown, known, founding)
    place = joining.Place(group=founding.group, administrator=True)
    organization, _ = await joining.found(tx, founding.organization, account, place)
    seat = pick(await accounts.seats(tx, account.id), organization.id)
    assert seat is not None
    return await open_session(tx, account.id, seat, founding.device)


async def _proven(
    tx: Transaction, hasher: Hasher, shown: Credentials, known: Row | None, _: Founding
) -> Account:
    row = await prove(tx, hasher, shown, known)
    account = await tx.entity(Account, row["id"])
    assert account is not None
    return account


async def _new(
    tx: Transaction, hasher: Hasher, shown: Credentials, _: Row | None, founding: Founding
) -> Account:
    await tx.pause()
    hashed = await hasher.hash(shown.password)
    account = Account(email=normalize(shown.email), name=founding.name, password_hash=hashed)
    await tx.add(account)
    return account


async def update(tx: Transaction, actor: Actor, changes: Mapping[str, Any], expected: int) -> None:
    """Change one's own account. A new name follows into every organization one is a member of.

    For somebody whom an identity provider let in, this one must be the only one.
    """
    await accounts.held(tx, actor.account_id)
    account = await tx.entity(Account, actor.account_id)
    assert account is not None, "the actor's account outlives the request"
    if account.version != expected:
        raise Stale(account.version)
    differing = {k: v for k, v in changes.items() if getattr(account, k) != v}
    if not differing:
        return
    await _refuse_confined(tx, actor)
    for field, value in differing.items():
        setattr(account, field, value)
    account.version += 1
    account.updated_at = now()
    await tx.flush()
    if "name" in differing:
        await _rename(tx, actor, account.name)


async def _refuse_confined(tx: Transaction, actor: Actor) -> None:
    elsewhere = len(await accounts.everywhere(tx, actor.account_id)) > 1
    if elsewhere and await sessions.is_of_provider(tx, actor):
        raise OneOrganization


async def _rename(tx: Transaction, actor: Actor, name: str) -> None:
    """One organization after the other, in one order for everybody: each has its own stream."""
    for seat in await accounts.everywhere(tx, actor.account_id):
        organization_id, member_id = seat["organization_id"], seat["member_id"]
        await tx.enter(organization_id)
        there = replace(actor, organization_id=organization_id, member_id=member_id)
        head = await ledger.lock_organization(tx, there)
        member = await tx.entity(Member, (organization_id, member_id))
        if member is not None and change(member, {"name": name}):
            await ledger.record(tx, there, head, Fact(Verb.MEMBER_UPDATED, member))
    await tx.enter(actor.organization_id)
