"""Where a person has left words: everything that erasing them must reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Text,
    Uuid,
    any_,
    bindparam,
    func,
    or_,
    select,
    text,
    union,
)

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.identity.accounts import Account, Membership
from domain.models.identity.invitations import Invitation
from domain.models.identity.members import Member
from domain.models.identity.providers import Identity
from domain.models.metrics.data_points import Recording
from domain.models.moments.moments import Moment
from domain.models.records.ledger import Entry
from domain.models.voices.annotations import Annotation
from domain.models.voices.ratings import Rating
from domain.models.voices.replies import Reply
from domain.queries.identity.texts import EMPTIED, Worded, left
from domain.queries.links import linked
from domain.queries.readers import ORGANIZATION
from domain.roles import Group
from domain.rules.canonical import ActorKind

Voice = Annotation | Reply | Rating | Moment | Worded

_WHO = bindparam("member_id", type_=Uuid())
_LABELS = bindparam("labels", type_=ARRAY(Text()))
_LABELLED = hot(
    text(
        """
        SELECT DISTINCT content::jsonb ->> 'attributed_to' AS label FROM revisions
        WHERE organization_id = CAST(:organization_id AS uuid)
          AND subject_kind IN ('annotation', 'reply')
          AND position('"attributed_to":""' IN content) = 0
        """
    )
)


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to erase: what they were called, and how imports label words as theirs."""

    member_id: UUID
    name: str
    emails: Sequence[str]
    labels: Sequence[str] = ()


def _left(model: type[Any]) -> ColumnElement[bool]:
    """Rows that hold words of the person: said, noted when ending something, or as a label."""
    if model in EMPTIED:
        return left(model, _WHO)
    if model is Moment:
        return (Moment.retired_by == _WHO) & (Moment.retirement_reason != "")
    if model is Rating:
        return (Rating.member_id == _WHO) & (Rating.abstention_reason != "")
    own = or_(model.author_id == _WHO, model.hidden_author_id == _WHO)
    found = or_(own, model.attributed_to == any_(_LABELS), model.hidden_by == _WHO)
    return or_(found, Annotation.resolved_by == _WHO) if model is Annotation else found


_MODELS: tuple[type[Any], ...] = (Annotation, Reply, Rating, Moment, *EMPTIED)
_JOURNEYS = hot(
    union(
        *(
            select(model.journey_id).where(
                model.organization_id == ORGANIZATION,
                model.journey_id.is_not(None),
                _left(model),
            )
            for model in _MODELS
        )
    ).order_by("journey_id")
)
_HIDDEN = hot(
    select(Entry.subject_id).where(
        Entry.organization_id == ORGANIZATION,
        Entry.subject_id == bindparam("ids", type_=ARRAY(Uuid())).any_(),
        Entry.actor_kind == ActorKind.HIDDEN.value,
    )
)
_ADDRESSES = hot(
    union(
        select(Account.email)
        .join(Member, Member.account_id == Account.id)
        .where(
            Member.organization_id == ORGANIZATION, Member.id == _WHO, Account.email.is_not(None)
        ),
        select(Identity.email).where(
            Identity.organization_id == ORGANIZATION,
            Identity.member_id == _WHO,
            Identity.email != "",
        ),
    )
)
_MEMBERSHIPS = hot(
    select(func.count()).where(Membership.account_id == bindparam("account_id", type_=Uuid()))
)


async def addresses_of(tx: Transaction, actor: Actor, member_id: UUID) -> list[str]:
    """Every address of a member: of their account, and those that identity providers tell."""
    given = {"organization_id": actor.organization_id, "member_id": member_id}
    return [row["email"] for row in await tx.rows(_ADDRESSES, **given)]


async def with_labels(tx: Transaction, actor: Actor, person: Person) -> Person:
    """The person with every label that stands for them, however it is spelled."""
    name = person.name.strip().casefold()
    names = {name, *(email.casefold() for email in person.emails)} - {""}
    # An export labels words with the name and the group.
    names |= {f"{name} ({group.replace('_', ' ')})" for group in Group} if name else set()
    rows = await tx.rows(_LABELLED, organization_id=actor.organization_id)
    labels = [row["label"] for row in rows if row["label"].strip().casefold() in names]
    return Person(person.member_id, person.name, person.emails, labels)


def _given(actor: Actor, person: Person) -> dict[str, Any]:
    return {
        "organization_id": actor.organization_id,
        "member_id": person.member_id,
        "labels": list(person.labels),
    }


async def journeys_with_words(tx: Transaction, actor: Actor, person: Person) -> list[UUID]:
    """The journeys that hold words of a person, in the order in which they are to be locked."""
    return [row["journey_id"] for row in await tx.rows(_JOURNEYS, **_given(actor, person))]


async def words_of(tx: Transaction, actor: Actor, person: Person) -> list[Voice]:
    """Everything that holds words of a person, for changing it."""
    session = await tx.session()
    found: list[Voice] = []
    for model in _MODELS:
        statement = select(model).where(model.organization_id == ORGANIZATION, _left(model))
        found += await session.scalars(statement, _given(actor, person))
    for said in found:
        for name, (table, column) in said.links.items():
            setattr(said, name, await linked(tx, table, column, said))
    return found


async def hidden_among(tx: Transaction, actor: Actor, found: Sequence[Voice]) -> set[UUID]:
    """Those of which an entry hides who gave them."""
    ids = [said.id for said in found]
    given = {"organization_id": actor.organization_id, "ids": ids}
    return {row["subject_id"] for row in await tx.rows(_HIDDEN, **given)}


async def invitations_of(tx: Transaction, actor: Actor, person: Person) -> list[Invitation]:
    """The invitations of a person, accepted or sent to their addresses, for changing them."""
    session = await tx.session()
    to_them = or_(Invitation.member_id == person.member_id, Invitation.email.in_(person.emails))
    statement = select(Invitation).where(
        Invitation.organization_id == actor.organization_id, to_them
    )
    return list(await session.scalars(statement))


async def recordings_of(tx: Transaction, actor: Actor, person: Person) -> list[Recording]:
    """Deliveries of a person that say where their data comes from, for changing them."""
    session = await tx.session()
    statement = select(Recording).where(
        Recording.organization_id == actor.organization_id,
        Recording.recorded_by == person.member_id,
        Recording.source != "",
    )
    return list(await session.scalars(statement))


async def memberships(tx: Transaction, account_id: UUID) -> int:
    """In how many organizations an account is a member, active or suspended."""
    return int(await tx.value(_MEMBERSHIPS, account_id=account_id))
