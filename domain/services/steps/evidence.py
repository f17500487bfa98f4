"""Bringing back evidence that was removed."""

from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.findings.evidence import Evidence
from domain.queries.findings.evidence import removed_evidence
from domain.services.steps.changing import change
from domain.services.steps.hanging import hold_hanging


async def bring_evidence_back(tx: Transaction, actor: Actor, evidence_id: UUID) -> Evidence:
    """Bring evidence back to what it is about; NotFound when it is not among the removed."""
    row = await removed_evidence(tx, actor, evidence_id)
    head, one = await hold_hanging(tx, actor, Evidence, row, removed=True)
    change(one, {"removed_at": None})
    await ledger.record(tx, actor, head, Fact(Verb.EVIDENCE_RESTORED, one))
    return one
