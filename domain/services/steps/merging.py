"""Merging one thing into another of its kind: nothing that hangs on it is lost or counted twice."""

from collections.abc import Iterable
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.findings.evidence import Attachment, Evidence
from domain.models.findings.findings import Source, Vote
from domain.models.voices.annotations import Annotation
from domain.queries.findings.carried import about, carry_watchers, links
from domain.services.steps.changing import change
from domain.services.steps.sourcing import refuse_circle


async def carry(
    tx: Transaction,
    actor: Actor,
    head: Locked,
    merged_id: UUID,
    into_id: UUID,
    touchpoint_id: UUID | None,
) -> Locked:
    """Hang votes, threads, watchers, evidence, files and sources of the one on the other.

    `touchpoint_id` is the other's. Threads keep where they were begun; a member who voted for both
    has one vote. Conflict where the other would then follow from itself.
    """
    facts = [
        *await _votes(tx, actor, merged_id, into_id),
        *await _threads(tx, actor, merged_id, into_id, touchpoint_id),
        *await _moved(tx, actor, merged_id, into_id, touchpoint_id),
        *await _sources(tx, actor, merged_id, into_id),
    ]
    head = await ledger.record(tx, actor, head, *facts)
    await carry_watchers(tx, actor, merged_id, into_id)
    await refuse_circle(tx, actor, into_id)
    return head


async def _votes(tx: Transaction, actor: Actor, merged_id: UUID, into_id: UUID) -> list[Fact]:
    """A vote goes to the other, or ends where its member has voted there already.

    The row of a vote that was taken back there makes way: it is brought back instead.
    """
    there = {one.member_id: one for one in await about(tx, actor, Vote, into_id)}
    facts = []
    for vote in await about(tx, actor, Vote, merged_id):
        if vote.removed_at is not None:
            continue
        kept = there.get(vote.member_id)
        if kept is None:
            change(vote, {"subject_id": into_id})
            facts.append(Fact(Verb.VOTE_MOVED, vote))
            continue
        change(vote, {"removed_at": now()})
        facts.append(Fact(Verb.VOTE_MOVED, vote))
        if change(kept, {"removed_at": None}):
            change(kept, {"member_group": vote.member_group})
            facts.append(Fact(Verb.VOTE_MOVED, kept))
    return facts


async def _threads(
    tx: Transaction, actor: Actor, merged_id: UUID, into_id: UUID, touchpoint_id: UUID | None
) -> list[Fact]:
    facts = []
    for said in await about(tx, actor, Annotation, merged_id):
        first = said.anchored_from_id or merged_id
        moved = {
            "subject_id": into_id,
            "touchpoint_id": touchpoint_id,
            "anchored_from_id": None if first == into_id else first,
        }
        if change(said, moved):
            facts.append(Fact(Verb.ANNOTATION_REANCHORED, said))
    return facts


async def _moved(
    tx: Transaction, actor: Actor, merged_id: UUID, into_id: UUID, touchpoint_id: UUID | None
) -> list[Fact]:
    moved = {"subject_id": into_id, "touchpoint_id": touchpoint_id}
    evidence = await about(tx, actor, Evidence, merged_id)
    files = await about(tx, actor, Attachment, merged_id)
    return [
        *(Fact(Verb.EVIDENCE_UPDATED, one) for one in evidence if change(one, moved)),
        *(Fact(Verb.ATTACHMENT_MOVED, one) for one in files if change(one, moved)),
    ]


async def _sources(tx: Transaction, actor: Actor, merged_id: UUID, into_id: UUID) -> list[Fact]:
    """Links move along; one that is there already, or would lead from it to itself, ends."""
    found = await links(tx, actor, merged_id, into_id)
    taken = {(one.subject_id, one.from_id) for one in found}
    facts: list[Fact] = []
    for one in _of(found, merged_id):
        ends = tuple(into_id if end == merged_id else end for end in (one.subject_id, one.from_id))
        if ends[0] == ends[1] or (ends in taken and _live(found, ends)):
            change(one, {"removed_at": now()})
            facts.append(Fact(Verb.SOURCE_UNLINKED, one))
        elif ends in taken:
            change(one, {"removed_at": now()})
            back = next(kept for kept in found if (kept.subject_id, kept.from_id) == ends)
            change(back, {"removed_at": None})
            facts += [Fact(Verb.SOURCE_UNLINKED, one), Fact(Verb.SOURCE_LINKED, back)]
        else:
            change(one, {"subject_id": ends[0], "from_id": ends[1]})
            facts.append(Fact(Verb.SOURCE_LINKED, one))
    return facts


def _of(found: Iterable[Source], merged_id: UUID) -> list[Source]:
    """The links of the one that is merged which hold."""
    return [
        one
        for one in found
        if one.removed_at is None and merged_id in (one.subject_id, one.from_id)
    ]


def _live(found: Iterable[Source], ends: tuple[UUID, ...]) -> bool:
    return any(one.removed_at is None and (one.subject_id, one.from_id) == ends for one in found)
