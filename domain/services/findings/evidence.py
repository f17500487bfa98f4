"""Evidence: what statements rest on, given, graded, taken away."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.findings.evidence import Evidence
from domain.queries.findings import evidence as queries
from domain.queries.findings.attachments import attached_to
from domain.services.steps.changing import change
from domain.services.steps.hanging import EVIDENCED, hold_for, hold_hanging
from domain.services.steps.places import current
from domain.services.steps.refusing import impossible

_SUPPORTS = ("excerpt", "url", "attachment_id")


async def add(
    tx: Transaction, actor: Actor, subject_id: UUID, fields: Mapping[str, Any]
) -> Evidence:
    """Say what a statement rests on, and how far that is validated."""
    held = await hold_for(tx, actor, subject_id, EVIDENCED)
    await _check(tx, actor, subject_id, fields)
    made = Evidence(
        organization_id=actor.organization_id,
        journey_id=held.journey_id,
        subject_id=subject_id,
        touchpoint_id=held.touchpoint_id,
        author_id=actor.member_id,
        **fields,
    )
    await tx.add(made)
    await ledger.record(tx, actor, held.head, Fact(Verb.EVIDENCE_ADDED, made))
    return made


async def update(
    tx: Transaction, actor: Actor, evidence_id: UUID, changes: Mapping[str, Any], expected: int
) -> None:
    """Change what evidence says, or how far it is validated."""
    row = await queries.evidence(tx, actor, evidence_id)
    head, one = await hold_hanging(tx, actor, Evidence, row)
    current(one.version, expected)
    kept = {name: getattr(one, name) for name in _SUPPORTS}
    await _check(tx, actor, one.subject_id, {**kept, **changes}, one.attachment_id)
    if change(one, changes):
        await ledger.record(tx, actor, head, Fact(Verb.EVIDENCE_UPDATED, one))


async def remove(tx: Transaction, actor: Actor, evidence_id: UUID, expected: int) -> None:
    """Take evidence away; it can be brought back."""
    row = await queries.evidence(tx, actor, evidence_id)
    head, one = await hold_hanging(tx, actor, Evidence, row)
    current(one.version, expected)
    change(one, {"removed_at": now()})
    await ledger.record(tx, actor, head, Fact(Verb.EVIDENCE_REMOVED, one))


async def _check(
    tx: Transaction,
    actor: Actor,
    subject_id: UUID,
    said: Mapping[str, Any],
    kept: UUID | None = None,
) -> None:
    """Invalid for evidence that says nothing, or names a file that is not there."""
    if not any(said.get(name) for name in _SUPPORTS):
        detail = "Evidence needs an excerpt, a url or an attached file."
        raise impossible(detail, "empty_evidence", "excerpt")
    file_id = said.get("attachment_id")
    if file_id not in (None, kept) and not await attached_to(tx, actor, subject_id, file_id):
        detail = "Name a file that is attached to what the evidence is about."
        raise impossible(detail, "unknown_attachment", "attachment_id")
