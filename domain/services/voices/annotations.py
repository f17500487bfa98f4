"""Annotations: saying something about a subject."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import FieldError, Invalid, NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.voices.annotations import Annotation
from domain.policy import require
from domain.queries.maps.places import Place
from domain.queries.voices.annotations import annotation
from domain.roles import May
from domain.services.steps.inserting import store
from domain.services.steps.places import enter_of
from domain.words import SubjectKind

ANNOTATABLE = frozenset(
    {
        SubjectKind.JOURNEY,
        SubjectKind.STAGE,
        SubjectKind.LANE,
        SubjectKind.CELL,
        SubjectKind.TOUCHPOINT,
        SubjectKind.EMOTION,
        SubjectKind.MOMENT,
    }
)


async def write(
    tx: Transaction, actor: Actor, subject_id: UUID, fields: Mapping[str, Any]
) -> Annotation:
    """Say something about a subject of a journey."""
    head, place = await enter_of(tx, actor, subject_id)
    require(actor, May.ANNOTATE, place.standing(actor))
    check_subject(place)
    said = Annotation(
        organization_id=actor.organization_id,
        journey_id=place.journey_id,
        subject_id=subject_id,
        touchpoint_id=place.touchpoint_id,
        author_id=actor.member_id,
        author_group=actor.group.value,
        author_department_id=actor.department_id,
        **fields,
    )
    await store(tx, said)
    await ledger.record(tx, actor, head, Fact(Verb.ANNOTATION_WRITTEN, said))
    return said


def check_subject(place: Place) -> None:
    """Refuse what has been removed, and what nobody speaks about directly."""
    if place.subject_removed:
        raise NotFound
    if place.subject_kind not in ANNOTATABLE:
        detail = f"A {place.subject_kind} cannot be annotated: name what it is about."
        raise Invalid(detail, errors=[FieldError(detail, "not_annotatable", "#/subject_id")])
