"""The steps of every change to an annotation: hold and find it, judge its state, write it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import Conflict
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.voices.annotations import Annotation
from domain.policy import require
from domain.queries.voices.annotations import annotation, hold_annotation
from domain.queries.voices.standing import MAY_IN, place_in, ties
from domain.roles import May, Relation
from domain.services.steps.changing import change
from domain.services.steps.places import current
from domain.services.steps.thread_deadlines import rewind
from domain.words import AnnotationStatus

_REFUSED = {
    AnnotationStatus.OPEN: "This annotation is open: there is nothing to undo.",
    AnnotationStatus.RESOLVED: "This thread is resolved: reopen it first.",
    AnnotationStatus.WITHDRAWN: "This annotation was withdrawn: its author can restore it.",
    AnnotationStatus.HIDDEN: "This annotation is hidden: the owner or a moderator can show it.",
}


async def thread(
    tx: Transaction, actor: Actor, annotation_id: UUID, may: May, *more: Relation
) -> tuple[Locked, Row]:
    """Hold an annotation's journey, find the annotation and see that the actor may."""
    head, row = await hold_annotation(tx, actor, annotation_id)
    require(actor, may, place_in(row, actor).standing(actor, *ties(row, actor), *more))
    return head, row


def in_state(row: Row, may: May, expected: int | None = None) -> None:
    """Stale when based on an older version; Conflict when the annotation's state forbids it."""
    if expected is not None:
        current(row["version"], expected)
    if may not in MAY_IN[AnnotationStatus(row["status"])]:
        raise refused(row)


def refused(row: Row) -> Conflict:
    """Why the state of an annotation stands in the way, and what to do about it."""
    status = AnnotationStatus(row["status"])
    return Conflict(_REFUSED[status], code=f"annotation_{status}")


async def turn(
    tx: Transaction, actor: Actor, held: tuple[Locked, Row], verb: Verb, changes: Mapping[str, Any]
) -> Row:
    """Change an annotation that is held, and its clock; how it is told from now on."""
    head, row = held
    said = Annotation(**{one.name: row[one.name] for one in Annotation.__table__.c})
    if change(said, changes):
        await ledger.write(tx, actor, head, Fact(verb, said))
    turned = await annotation(tx, actor, said.id)
    await rewind(tx, row, turned)
    return turned
