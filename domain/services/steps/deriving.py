"""Saying what something follows from."""

from collections.abc import Collection, Sequence
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.errors import FieldError, Invalid
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.findings.findings import Source
from domain.queries.outcomes.origins import links_of, named
from domain.services.steps.changing import change
from domain.words import SubjectKind

SOURCES = frozenset(
    {
        SubjectKind.ANNOTATION,
        SubjectKind.FINDING,
        SubjectKind.OPPORTUNITY,
        SubjectKind.MOMENT,
        SubjectKind.TOUCHPOINT,
    }
)
"""What an action may follow from."""
OF_OPPORTUNITY = SOURCES - {SubjectKind.OPPORTUNITY}


async def check_sources(
    tx: Transaction,
    actor: Actor,
    journey_id: UUID,
    ids: Sequence[UUID],
    kinds: Collection[SubjectKind],
) -> None:
    """Invalid, with a pointer to each id that names nothing it could follow from here."""
    if not ids:
        return
    found = await named(tx, actor, journey_id, ids)
    words = " or ".join(sorted(kind.value for kind in kinds))
    detail = f"There is no such {words} in this journey."
    errors = [
        FieldError(detail, "unknown_source", f"#/from/{place}")
        for place, one in enumerate(ids)
        if found.get(one) not in kinds
    ]
    if errors:
        raise Invalid(detail, code="unknown_source", errors=errors)


async def link_all(
    tx: Transaction, actor: Actor, head: Locked, subject_id: UUID, ids: Sequence[UUID]
) -> Locked:
    """Link something new to what it follows from, each once."""
    links = [_link(actor, head, subject_id, one) for one in dict.fromkeys(ids)]
    await tx.add(*links)
    return await ledger.record(tx, actor, head, *(Fact(Verb.SOURCE_LINKED, one) for one in links))


async def carry_over(
    tx: Transaction, actor: Actor, head: Locked, old_id: UUID, new_id: UUID
) -> Locked:
    """Let something follow from all that another follows from, and be followed where that is.

    The links of the other stay: they say what it came from.
    """
    old = [row for row in await links_of(tx, actor, old_id) if row["removed_at"] is None]
    wanted = {
        (new_id, row["from_id"]) if row["subject_id"] == old_id else (row["subject_id"], new_id)
        for row in old
    }
    there = {(row["subject_id"], row["from_id"]): row for row in await links_of(tx, actor, new_id)}
    facts = []
    for subject_id, from_id in sorted(wanted):
        row = there.get((subject_id, from_id))
        if subject_id == from_id or (row and row["removed_at"] is None):
            continue
        facts.append(
            await _linked(tx, actor, head, (subject_id, from_id), row["id"] if row else None)
        )
    return await ledger.record(tx, actor, head, *facts)


async def _linked(
    tx: Transaction, actor: Actor, head: Locked, pair: tuple[UUID, UUID], undone: UUID | None
) -> Fact:
    """A link that is new, or one that was undone and holds again."""
    link = await tx.entity(Source, (actor.organization_id, undone)) if undone else None
    if link is None:
        link = _link(actor, head, *pair)
        await tx.add(link)
    else:
        change(link, {"removed_at": None})
    return Fact(Verb.SOURCE_LINKED, link)


def _link(actor: Actor, head: Locked, subject_id: UUID, from_id: UUID) -> Source:
    return Source(
        organization_id=actor.organization_id,
        journey_id=head.stream_id,
        subject_id=subject_id,
        from_id=from_id,
        created_by=actor.member_id,
    )
