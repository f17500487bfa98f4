"""Giving an annotation another subject, above all one whose subject was removed."""

from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import NotFound
from domain.facts import Verb
from domain.policy import require
from domain.queries.maps.places import Place, place, place_of
from domain.queries.voices.annotations import hold_annotation
from domain.queries.voices.subjects import subject_beside
from domain.roles import May
from domain.services.steps.annotating import ANNOTATABLE
from domain.services.steps.places import current
from domain.services.steps.refusing import impossible
from domain.services.steps.threads import by_name, turn
from domain.words import SubjectKind


async def reanchor(
    tx: Transaction, actor: Actor, annotation_id: UUID, subject_id: UUID, expected: int
) -> Row:
    """Move an annotation, with its thread, to another subject of its journey."""
    head, row = await hold_annotation(tx, actor, annotation_id)
    here = await place(tx, actor, row["journey_id"])
    require(actor, May.EDIT_JOURNEY, here.standing(actor))
    by_name(row, actor, May.EDIT_JOURNEY, place=here)
    current(row["version"], expected)
    there = await _target(tx, actor, here, subject_id)
    first = row["anchored_from_id"] or row["subject_id"]
    moved = {
        "subject_id": subject_id,
        "touchpoint_id": there.touchpoint_id,
        "anchored_from_id": None if first == subject_id else first,
    }
    return await turn(tx, actor, (head, row), Verb.ANNOTATION_REANCHORED, moved)


async def _target(tx: Transaction, actor: Actor, here: Place, subject_id: UUID) -> Place:
    """What an annotation may be about in this journey; Invalid for anything else."""
    beside = await subject_beside(tx, actor, subject_id, here.journey_id)
    if beside is not None and beside["kind"] == SubjectKind.PERSONA and beside["on_journey"]:
        there = here.about(beside["kind"], removed=beside["removed_at"] is not None)
    else:
        there = await _in_journey(tx, actor, here, subject_id)
    if there.subject_removed or there.subject_kind not in ANNOTATABLE:
        raise _unknown()
    return there


async def _in_journey(tx: Transaction, actor: Actor, here: Place, subject_id: UUID) -> Place:
    try:
        there = await place_of(tx, actor, subject_id)
    except NotFound:
        raise _unknown() from None
    if there.journey_id != here.journey_id:
        raise _unknown()
    return there


def _unknown() -> Exception:
    detail = "Name something on the map of this journey that can be annotated."
    return impossible(detail, "unknown_subject", "subject_id")
