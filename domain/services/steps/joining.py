"""How a person comes into an organization: founding it, invited, by the seed command."""

from dataclasses import dataclass
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.identity.accounts import Account, Membership
from domain.models.identity.members import Member
from domain.models.identity.organizations import Organization
from domain.models.maps.channels import Channel
from domain.roles import Group
from domain.words import MemberKind

CHANNELS = {
    "website": "Website",
    "app": "Mobile app",
    "email": "E-mail",
    "phone": "Phone",
    "chat": "Chat",
    "sms": "Text message",
    "social_media": "Social media",
    "letter": "Letter",
    "in_person": "In person",
    "kiosk": "Self-service kiosk",
    "advertising": "Advertising",
    "word_of_mouth": "Word of mouth",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a new member stands."""

    group: Group
    title: str = ""
    department_id: UUID | None = None
    manager_id: UUID | None = None
    administrator: bool = False
    may_create_journeys: bool = False
    kind: MemberKind = MemberKind.PERSON


async def found(
    tx: Transaction, name: str, account: Account, place: Place
) -> tuple[Organization, Member]:
    """A new organization with the usual channels; its founder administers it."""
    organization = Organization(name=name)
    await tx.enter(organization.id)
    await tx.add(organization)
    head = await ledger.open_stream(tx, organization.id, organization.id)
    head = await ledger.record(tx, None, head, Fact(Verb.ORGANIZATION_CREATED, organization))
    member, head = await join(tx, None, head, account, place)
    channels = [
        Channel(organization_id=organization.id, key=key, name=label, created_by=member.id)
        for key, label in CHANNELS.items()
    ]
    await tx.add(*channels)
    facts = [Fact(Verb.CHANNEL_CREATED, channel) for channel in channels]
    await ledger.record(tx, None, head, *facts)
    return organization, member


async def join(
    tx: Transaction, actor: Actor | None, head: Locked, account: Account, place: Place
) -> tuple[Member, Locked]:
    """Make an account a member of the organization whose stream is held."""
    member = Member(
        organization_id=head.stream_id,
        account_id=account.id,
        name=account.name,
        title=place.title,
        group=place.group,
        department_id=place.department_id,
        manager_id=place.manager_id,
        administrator=place.administrator,
        may_create_journeys=place.may_create_journeys,
        kind=place.kind.value,
    )
    await tx.add(member)
    membership = Membership(
        account_id=account.id, organization_id=head.stream_id, member_id=member.id
    )
    await tx.add(membership)
    head = await ledger.record(tx, actor, head, Fact(Verb.MEMBER_JOINED, member))
    return member, head
