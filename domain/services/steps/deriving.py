"""Letting one thing follow from all that another follows from."""

from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.findings.findings import Source
from domain.queries.outcomes.origins import links_of
from domain.services.steps.changing import change
from domain.services.steps.sourcing import refuse_circle


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
    head = await ledger.record(tx, actor, head, *facts)
    await refuse_circle(tx, actor, new_id)
    return head


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
