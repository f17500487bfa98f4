"""What a provider says of somebody, held against what is known here."""

from typing import Any
from uuid import UUID

from domain import ledger
from domain.clock import now
from domain.database import Row, Transaction
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.identity.providers import Identity
from domain.queries.identity.providers import open_provider
from domain.rules.vouching import Vouched, departments_of, group_of
from domain.services.steps.changing import change
from domain.services.steps.turning_away import NoPlace, SignInByProviderRefused


async def still_open(tx: Transaction, flow: Row, vouched: Vouched) -> Row:
    """The provider of a flow, if it still lets people in and is the one that was asked."""
    provider = await open_provider(tx, flow["provider_id"])
    if provider is None or provider["issuer"] != vouched.issuer:
        raise SignInByProviderRefused
    return provider


async def remember(
    tx: Transaction, provider_id: UUID, member_id: UUID, vouched: Vouched
) -> Identity:
    """From now on the provider's word for this subject stands for the member."""
    assert tx.organization_id is not None
    at = now()
    identity = Identity(
        organization_id=tx.organization_id,
        provider_id=provider_id,
        issuer=vouched.issuer,
        subject=vouched.subject,
        member_id=member_id,
        email=vouched.email,
        linked_at=at,
        used_at=at,
    )
    await tx.add(identity)
    return identity


async def renew(tx: Transaction, identity_id: UUID, vouched: Vouched) -> Identity:
    """The identity was used; its address is what the provider says now."""
    identity = await tx.entity(Identity, (_here(tx), identity_id))
    assert identity is not None, "it was found in this transaction, with the stream held"
    identity.used_at = now()
    identity.email = vouched.email
    await tx.flush()
    return identity


async def claimed(tx: Transaction, provider: Row, vouched: Vouched) -> dict[str, Any]:
    """Where the claims say that somebody stands; nothing where nothing follows from claims.

    Where groups do, whoever has no claim to one any more has the default, or no place: NoPlace.
    """
    place: dict[str, Any] = {}
    if provider["group_claim"]:
        group = group_of(provider["group_map"], vouched) or provider["default_group"]
        if group is None:
            raise NoPlace
        place["group"] = group
    for department_id in departments_of(provider["department_map"], vouched):
        department = await tx.entity(Department, (_here(tx), department_id))
        if department is not None and department.removed_at is None:
            return place | {"department_id": department_id}
    return place


async def follow(
    tx: Transaction, head: Locked, member: Member, provider: Row, vouched: Vouched
) -> Locked:
    """Put a member where the claims say that they stand, on the ledger, as the system."""
    if not change(member, await claimed(tx, provider, vouched)):
        return head
    return await ledger.record(tx, None, head, Fact(Verb.MEMBER_UPDATED, member))


def _here(tx: Transaction) -> UUID:
    assert tx.organization_id is not None
    return tx.organization_id
