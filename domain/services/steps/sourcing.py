"""Saying what something follows from, once its journey is held and the actor may."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.errors import Conflict, FieldError, Invalid
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.findings.findings import Source
from domain.queries.findings.sources import circular, linkable, links_of
from domain.services.steps.changing import change

CIRCLE = "Then it would follow from itself: unlink what it leads to first."
UNKNOWN = (
    "Name an annotation, finding, opportunity, moment or touchpoint of this journey that you can"
    " see."
)


async def link_sources(
    tx: Transaction,
    actor: Actor,
    head: Locked,
    journey_id: UUID,
    subject_id: UUID,
    wanted: Mapping[UUID, str],
) -> Locked:
    """Say that something follows from these; what is linked already stays as it is.

    `wanted` gives for each the place in the body that names it. Invalid, pointing there, for what
    is not in the journey, cannot be followed from, or is not for the actor to see; Conflict where
    something would follow from itself.
    """
    await _check(tx, actor, journey_id, wanted)
    if subject_id in wanted:
        raise Conflict(CIRCLE, code="source_circle")
    linked = await _linked(tx, actor, journey_id, subject_id, wanted)
    head = await ledger.record(tx, actor, head, *(Fact(Verb.SOURCE_LINKED, one) for one in linked))
    if linked:
        await refuse_circle(tx, actor, subject_id)
    return head


async def refuse_circle(tx: Transaction, actor: Actor, subject_id: UUID) -> None:
    """Conflict when something follows from itself by now, however far around."""
    if await circular(tx, actor, subject_id):
        raise Conflict(CIRCLE, code="source_circle")


async def _check(
    tx: Transaction, actor: Actor, journey_id: UUID, wanted: Mapping[UUID, str]
) -> None:
    if not wanted:
        return
    known = await linkable(tx, actor, journey_id, list(wanted))
    errors = [
        FieldError(UNKNOWN, "unknown_source", pointer)
        for one, pointer in wanted.items()
        if one not in known
    ]
    if errors:
        raise Invalid(UNKNOWN, code="unknown_source", errors=errors)


async def _linked(
    tx: Transaction, actor: Actor, journey_id: UUID, subject_id: UUID, from_ids: Iterable[UUID]
) -> list[Source]:
    """The links that were not there, or had been taken away."""
    wanted = list(from_ids)
    there = {one.from_id: one for one in await links_of(tx, actor, subject_id, wanted)}
    made = [
        Source(
            organization_id=actor.organization_id,
            journey_id=journey_id,
            subject_id=subject_id,
            from_id=one,
            created_by=actor.member_id,
        )
        for one in wanted
        if one not in there
    ]
    await tx.add(*made)
    again = {"removed_at": None, "created_by": actor.member_id}
    return made + [one for one in there.values() if one.removed_at and change(one, again)]
