"""Findings: say what was found, say it better, close, open again, remove, bring back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import Conflict, NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.findings.findings import Finding
from domain.models.maps.touchpoints import Touchpoint
from domain.policy import require
from domain.results import FindingKind, FindingStatus
from domain.roles import May
from domain.services.steps.changing import change
from domain.services.steps.findings import check, editable, found, is_open
from domain.services.steps.references import check_references
from domain.services.steps.sourcing import link_sources
from domain.services.steps.subjects import subject
from domain.services.steps.voting import give_vote, take_vote_back


async def add(
    tx: Transaction,
    actor: Actor,
    touchpoint_id: UUID,
    kind: FindingKind,
    fields: Mapping[str, Any],
    from_ids: Sequence[UUID] = (),
) -> Finding:
    """Say what was found at a touchpoint, and what it follows from."""
    head, place, touchpoint = await subject(tx, actor, Touchpoint, touchpoint_id)
    if place.subject_removed:
        raise NotFound
    require(actor, May.CREATE_FINDING, place.standing(actor))
    await check_references(tx, actor, fields)
    await check(tx, actor, touchpoint.journey_id, fields)
    made = Finding(
        organization_id=actor.organization_id,
        journey_id=touchpoint.journey_id,
        touchpoint_id=touchpoint_id,
        kind=kind.value,
        author_id=actor.member_id,
        author_group=actor.group.value,
        **fields,
    )
    await tx.add(made)
    head = await ledger.record(tx, actor, head, Fact(Verb.FINDING_ADDED, made))
    wanted = {one: f"#/from/{at}" for at, one in enumerate(from_ids)}
    await link_sources(tx, actor, head, made.journey_id, made.id, wanted)
    return made


async def update(
    tx: Transaction, actor: Actor, finding_id: UUID, changes: Mapping[str, Any], expected: int
) -> None:
    """Say it better; only what findings of its kind say."""
    head, one = await editable(tx, actor, finding_id, expected)
    is_open(one)
    kept = (one.department_id,)
    await check_references(tx, actor, changes, kept=kept)
    await check(tx, actor, one.journey_id, changes, one)
    if change(one, changes):
        await ledger.record(tx, actor, head, Fact(Verb.FINDING_UPDATED, one))


async def close(
    tx: Transaction, actor: Actor, finding_id: UUID, status: FindingStatus, note: str, expected: int
) -> None:
    """Say that it was dealt with, or will not be."""
    head, one = await editable(tx, actor, finding_id, expected)
    is_open(one)
    over = {"status": status.value, "status_note": note}
    change(one, {**over, "closed_by": actor.member_id, "closed_at": now()})
    await ledger.record(tx, actor, head, Fact(Verb.FINDING_CLOSED, one))


async def reopen(tx: Transaction, actor: Actor, finding_id: UUID, expected: int) -> None:
    """It stands again."""
    head, one = await editable(tx, actor, finding_id, expected)
    if one.status == FindingStatus.OPEN:
        raise Conflict("This finding is open: there is nothing to undo.", code="finding_open")
    if one.status == FindingStatus.MERGED:
        is_open(one)
    undone = {"status": FindingStatus.OPEN.value, "status_note": ""}
    change(one, {**undone, "closed_by": None, "closed_at": None})
    await ledger.record(tx, actor, head, Fact(Verb.FINDING_REOPENED, one))


async def remove(tx: Transaction, actor: Actor, finding_id: UUID, expected: int) -> None:
    """Take a finding away, with what hangs on it; it can be brought back."""
    head, one = await editable(tx, actor, finding_id, expected)
    change(one, {"removed_at": now()})
    await ledger.record(tx, actor, head, Fact(Verb.FINDING_REMOVED, one))


async def vote(tx: Transaction, actor: Actor, finding_id: UUID) -> None:
    """Say that it matters; doing so again changes nothing."""
    head, place, one = await found(tx, actor, finding_id)
    require(actor, May.VOTE, place.standing(actor))
    is_open(one)
    await give_vote(tx, actor, head, one.id)


async def take_back(tx: Transaction, actor: Actor, finding_id: UUID) -> None:
    """Take one's vote back; NotFound when one has none."""
    head, place, one = await found(tx, actor, finding_id)
    require(actor, May.VOTE, place.standing(actor))
    await take_vote_back(tx, actor, head, one.id)
