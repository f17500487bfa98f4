"""Holding the stream of what something hangs on, evidence or a file, for who may put it there."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import NotFound
from domain.ledger import Locked
from domain.models.findings.evidence import Attachment, Evidence
from domain.models.maps.personas import Persona
from domain.policy import require
from domain.queries.findings.evidence import evidence
from domain.queries.maps.places import place_of
from domain.queries.records.subjects import kind_of
from domain.queries.voices.annotations import hold_annotation
from domain.queries.voices.standing import place_in
from domain.roles import May, Relation
from domain.services.steps.places import enter_of
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import entity
from domain.services.steps.threads import by_name, refused
from domain.words import AnnotationStatus, SubjectKind

H = TypeVar("H", Evidence, Attachment)

EVIDENCED = frozenset(
    {
        SubjectKind.PERSONA,
        SubjectKind.JOURNEY,
        SubjectKind.STAGE,
        SubjectKind.TOUCHPOINT,
        SubjectKind.EMOTION,
        SubjectKind.MOMENT,
        SubjectKind.ANNOTATION,
        SubjectKind.FINDING,
        SubjectKind.OPPORTUNITY,
        SubjectKind.ACTION,
    }
)
"""What evidence can be about."""
_CLOSED = (AnnotationStatus.WITHDRAWN, AnnotationStatus.HIDDEN)


@dataclass(frozen=True, slots=True)
class Held:
    """A stream that is held, and where in it something is to hang; no journey for a persona."""

    head: Locked
    journey_id: UUID | None
    touchpoint_id: UUID | None


async def hold_for(
    tx: Transaction, actor: Actor, subject_id: UUID, kinds: Collection[SubjectKind]
) -> Held:
    """Hold what the actor may put something on; NotFound when it is not to be seen."""
    kind = SubjectKind(await kind_of(tx, actor, subject_id))
    if kind not in kinds:
        return await _refuse(tx, actor, subject_id, kind)
    if kind is SubjectKind.ANNOTATION:
        return await _thread(tx, actor, subject_id)
    if kind is SubjectKind.EVIDENCE:
        about = await evidence(tx, actor, subject_id)
        held = await hold_for(tx, actor, about["subject_id"], EVIDENCED)
        await evidence(tx, actor, subject_id)
        return held
    if kind is SubjectKind.PERSONA:
        return await _persona(tx, actor, subject_id)
    head, place = await enter_of(tx, actor, subject_id)
    if place.subject_removed:
        raise NotFound
    require(actor, May.CREATE_FINDING, place.standing(actor))
    return Held(head, place.journey_id, place.touchpoint_id)


async def _refuse(tx: Transaction, actor: Actor, subject_id: UUID, kind: SubjectKind) -> Held:
    """NotFound for what the actor may not see; else Invalid: nothing is put on such a thing."""
    await place_of(tx, actor, subject_id)
    detail = f"This cannot be put on a {kind}: name what it is about."
    raise impossible(detail, "wrong_subject", "subject_id")


async def _thread(tx: Transaction, actor: Actor, annotation_id: UUID) -> Held:
    """An annotation that stands; not where doing it by name would tell who wrote it unnamed."""
    head, row = await hold_annotation(tx, actor, annotation_id)
    require(actor, May.CREATE_FINDING, place_in(row, actor).standing(actor))
    by_name(row, actor, May.CREATE_FINDING)
    if row["status"] in _CLOSED:
        raise refused(row)
    return Held(head, row["journey_id"], row["touchpoint_id"])


async def _persona(tx: Transaction, actor: Actor, persona_id: UUID) -> Held:
    head = await ledger.lock_organization(tx, actor)
    persona = await entity(tx, actor, Persona, persona_id)
    _may_edit(actor, persona)
    return Held(head, None, None)


def _may_edit(actor: Actor, persona: Persona) -> None:
    mine = (Relation.CREATOR,) if persona.created_by == actor.member_id else ()
    require(actor, May.EDIT_PERSONA, actor.standing(*mine))


async def hold_hanging(
    tx: Transaction, actor: Actor, model: type[H], row: Row, removed: bool = False
) -> tuple[Locked, H]:
    """Hold and find what hangs on something, which the actor sees as `row` and may change."""
    if row["journey_id"] is None:
        head = await ledger.lock_organization(tx, actor)
        mine = (Relation.CREATOR,) if row["persona_by"] == actor.member_id else ()
        require(actor, May.EDIT_PERSONA, actor.standing(*mine))
        return head, await entity(tx, actor, model, row["id"], removed)
    head, place = await enter_of(tx, actor, row["id"], model.subject_kind)
    one = await entity(tx, actor, model, row["id"], removed)
    ties = (Relation.AUTHOR,) if one.author_id == actor.member_id else ()
    require(actor, May.EDIT_FINDING, place.standing(actor, *ties))
    return head, one
