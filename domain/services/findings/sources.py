"""What findings, opportunities and actions follow from: linking and unlinking."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import NotFound
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.findings.findings import Finding
from domain.models.outcomes.actions import Action
from domain.models.outcomes.opportunities import Opportunity
from domain.policy import require
from domain.queries.findings.sources import link_between, linkable, source
from domain.queries.maps.places import Place
from domain.roles import May, Relation
from domain.services.steps.changing import change
from domain.services.steps.places import enter_of
from domain.services.steps.sourcing import UNKNOWN, link_sources
from domain.services.steps.subjects import entity
from domain.words import SubjectKind


class Following(NamedTuple):
    """A kind of thing that follows from others: the right to say so, and who is tied to it how."""

    model: type[Any]
    may: May
    whose: str
    tie: Relation


FOLLOWING: Mapping[str, Following] = {
    SubjectKind.FINDING: Following(Finding, May.EDIT_FINDING, "author_id", Relation.AUTHOR),
    SubjectKind.OPPORTUNITY: Following(
        Opportunity, May.EDIT_OPPORTUNITY, "author_id", Relation.AUTHOR
    ),
    SubjectKind.ACTION: Following(Action, May.UPDATE_ACTION, "owner_id", Relation.ACTION_OWNER),
}


async def link(tx: Transaction, actor: Actor, subject_id: UUID, from_id: UUID) -> Row:
    """Say what something follows from; saying it again changes nothing."""
    head, place = await _editable(tx, actor, subject_id)
    if from_id not in await linkable(tx, actor, place.journey_id, [from_id]):
        raise NotFound(UNKNOWN)
    await link_sources(tx, actor, head, place.journey_id, subject_id, {from_id: ""})
    return await source(tx, actor, subject_id, from_id)


async def unlink(tx: Transaction, actor: Actor, subject_id: UUID, from_id: UUID) -> None:
    """It does not follow from that; NotFound when the actor knows of no such link."""
    head, _ = await _editable(tx, actor, subject_id)
    await source(tx, actor, subject_id, from_id)
    found = await link_between(tx, actor, subject_id, from_id)
    change(found, {"removed_at": now()})
    await ledger.record(tx, actor, head, Fact(Verb.SOURCE_UNLINKED, found))


async def _editable(tx: Transaction, actor: Actor, subject_id: UUID) -> tuple[Locked, Place]:
    """Hold the journey of something that follows from others and that the actor may edit."""
    head, place = await enter_of(tx, actor, subject_id)
    kind = FOLLOWING.get(place.subject_kind or "")
    if kind is None or place.subject_removed:
        raise NotFound
    one = await entity(tx, actor, kind.model, subject_id)
    ties = (kind.tie,) if getattr(one, kind.whose) == actor.member_id else ()
    require(actor, kind.may, place.standing(actor, *ties))
    return head, place
