"""Laying a map before an audience, and saying that one has read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import Invalid, NotFound
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.life.editions import Edition, Publication, Receipt
from domain.policy import require
from domain.queries.life.publications import my_receipt
from domain.queries.maps.places import Place
from domain.queries.participation.asked import Asked, reached
from domain.roles import Group, May
from domain.services.steps.changing import change
from domain.services.steps.links import put_links
from domain.services.steps.participants import take_in
from domain.services.steps.places import enter
from domain.services.steps.references import check_references
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import entity, subject
from domain.words import JourneyStatus

MOST = 5_000
"""How many members one publication may reach."""


@dataclass(frozen=True, slots=True)
class Audience:
    """To whom: departments with all below them, and groups; which edition, None for the present."""

    departments: Sequence[UUID]
    groups: Sequence[Group]
    edition_id: UUID | None
    note: str


async def publish(
    tx: Transaction, actor: Actor, journey_id: UUID, audience: Audience
) -> Publication:
    """Ask an audience to read it; where not everybody sees the journey, they do from now on."""
    head, place = await enter(tx, actor, journey_id)
    require(actor, May.PUBLISH_EDITION, place.standing(actor))
    departments, groups = list(audience.departments), list(audience.groups)
    await check_references(tx, actor, {"departments": departments})
    revision = await _revision(tx, actor, head, audience.edition_id)
    members = await _members(tx, actor, Asked(departments, groups, ()))
    if _hidden(place):
        head = await take_in(tx, actor, head, departments=departments, groups=groups)
    made = Publication(
        organization_id=actor.organization_id,
        journey_id=journey_id,
        edition_id=audience.edition_id,
        revision=revision,
        groups=[group.value for group in groups],
        note=audience.note,
        published_by=actor.member_id,
    )
    await tx.add(made)
    await put_links(tx, made, "department_ids", departments)
    receipts = [_receipt(made, member) for member in members]
    await tx.add(*receipts)
    told = [Fact(Verb.PUBLICATION_ADDRESSED, receipt) for receipt in receipts]
    await ledger.record(tx, actor, head, Fact(Verb.PUBLICATION_MADE, made), *told)
    return made


async def acknowledge(tx: Transaction, actor: Actor, publication_id: UUID) -> None:
    """Say that one has read it; saying so again changes nothing."""
    head, _, _ = await subject(tx, actor, Publication, publication_id)
    receipt = await entity(tx, actor, Receipt, await my_receipt(tx, actor, publication_id))
    if receipt.acknowledged_at is None:
        change(receipt, {"acknowledged_at": now()})
        await ledger.record(tx, actor, head, Fact(Verb.PUBLICATION_ACKNOWLEDGED, receipt))


async def _revision(tx: Transaction, actor: Actor, head: Locked, edition_id: UUID | None) -> int:
    """What is to be read: the revision of an edition of this journey, or where it stands."""
    if edition_id is None:
        return head.revision
    detail = "This journey has no such edition: take one from its list of editions."
    unknown = impossible(detail, "unknown_edition", "edition_id")
    try:
        edition = await entity(tx, actor, Edition, edition_id)
    except NotFound:
        raise unknown from None
    if edition.journey_id != head.stream_id:
        raise unknown
    return edition.revision


async def _members(tx: Transaction, actor: Actor, asked: Asked) -> list[UUID]:
    """Whom it reaches; whoever publishes need not say that they have read it."""
    found = [row["id"] for row in await reached(tx, asked, MOST + 2)]
    members = [one for one in found if one != actor.member_id]
    if not members:
        detail = "This reaches nobody: name departments or groups with active members."
        raise Invalid(detail, code="nobody_addressed")
    if len(members) > MOST:
        detail = f"This reaches more than {MOST} members: address fewer at once."
        raise Invalid(detail, code="too_many_addressed")
    return members


def _hidden(place: Place) -> bool:
    """Whether only its owner and grantees see the journey."""
    drafted = (place.status_before or place.status) == JourneyStatus.DRAFT
    return place.restricted or drafted


def _receipt(publication: Publication, member_id: UUID) -> Receipt:
    return Receipt(
        organization_id=publication.organization_id,
        journey_id=publication.journey_id,
        publication_id=publication.id,
        member_id=member_id,
        created_at=publication.created_at,
    )
