"""Undoing a removal."""

from collections.abc import Mapping
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import NotFound
from domain.facts import Verb
from domain.models.base import Recorded
from domain.models.findings.findings import Finding
from domain.models.maps.lanes import Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.queries.records.subjects import kind_of
from domain.roles import May
from domain.services.steps import structure
from domain.services.steps.evidence import bring_evidence_back
from domain.services.steps.restoring import bring_back
from domain.services.steps.structure import Piece
from domain.words import SubjectKind

RESTORABLE: Mapping[str, type[Piece]] = {
    model.subject_kind: model for model in (Stage, Lane, Touchpoint, Emotion)
}
SAID: Mapping[str, tuple[type[Recorded], May, Verb]] = {
    Finding.subject_kind: (Finding, May.EDIT_FINDING, Verb.FINDING_RESTORED),
}
"""What belongs to an author: the right that brings it back, and how it is told."""


async def restore(tx: Transaction, actor: Actor, subject_id: UUID) -> Recorded:
    """Bring back what was removed from a journey; NotFound when there is nothing to bring back."""
    kind = await kind_of(tx, actor, subject_id)
    if kind in SAID:
        model, may, verb = SAID[kind]
        return await bring_back(tx, actor, model, subject_id, may, verb)
    if kind == SubjectKind.EVIDENCE:
        return await bring_evidence_back(tx, actor, subject_id)
    if kind not in RESTORABLE:
        raise NotFound
    return await structure.restore(tx, actor, RESTORABLE[kind], subject_id)
