"""Merging a finding into another that says the same."""

from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.findings.findings import Finding
from domain.queries.findings.carried import caused_by
from domain.queries.maps.places import place_of
from domain.results import FindingStatus
from domain.services.steps.changing import change
from domain.services.steps.findings import editable, is_open
from domain.services.steps.merging import carry
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import entity
from domain.words import SubjectKind


async def merge(
    tx: Transaction, actor: Actor, finding_id: UUID, into_id: UUID, expected: int
) -> None:
    """Make a finding part of another open one of its kind; all that hangs on it goes along."""
    head, one = await editable(tx, actor, finding_id, expected)
    is_open(one)
    into = await _into(tx, actor, one, into_id)
    merged = {"status": FindingStatus.MERGED.value, "merged_into_id": into.id}
    change(one, {**merged, "closed_by": actor.member_id, "closed_at": now()})
    facts = [Fact(Verb.FINDING_MERGED, one), *await _effects(tx, actor, one, into)]
    head = await ledger.record(tx, actor, head, *facts)
    await carry(tx, actor, head, one.id, into.id, into.touchpoint_id)


async def _into(tx: Transaction, actor: Actor, one: Finding, into_id: UUID) -> Finding:
    detail = "Name another open finding of this journey and of the same kind."
    unknown = impossible(detail, "unknown_finding", "into_id")
    try:
        place = await place_of(tx, actor, into_id, SubjectKind.FINDING)
    except NotFound:
        raise unknown from None
    if place.subject_removed or place.journey_id != one.journey_id or into_id == one.id:
        raise unknown
    into = await entity(tx, actor, Finding, into_id)
    if into.kind != one.kind or into.status != FindingStatus.OPEN:
        raise impossible(detail, "other_finding", "into_id")
    return into


async def _effects(tx: Transaction, actor: Actor, one: Finding, into: Finding) -> list[Fact]:
    """What the merged finding causes is caused by the other, which does not cause itself."""
    effects = await caused_by(tx, actor, one.id)
    return [
        Fact(Verb.FINDING_UPDATED, effect)
        for effect in effects
        if change(effect, {"caused_by_id": None if effect.id == into.id else into.id})
    ]
