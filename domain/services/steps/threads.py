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
from domain.queries.maps.places import Place
from domain.queries.voices.annotations import annotation, hold_annotation
from domain.queries.voices.standing import (
    MAY_IN,
    UNNAMED,
    place_in,
    ties,
    unnamed,
    would_name,
)
from domain.roles import May, Relation
from domain.services.steps.changing import change
from domain.services.steps.places import current
from domain.services.steps.speaking import by_author
from domain.services.steps.thread_deadlines import rewind
from domain.words import AnnotationStatus

_BY_AUTHOR = frozenset(
    {
        Verb.ANNOTATION_EDITED,
        Verb.ANNOTATION_WITHDRAWN,
        Verb.ANNOTATION_RESTORED,
        Verb.ANNOTATION_REOPENED,
    }
)
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
    if may not in UNNAMED:
        by_name(row, actor, may, *more)
    return head, row


def by_name(row: Row, actor: Actor, may: May, *more: Relation, place: Place | None = None) -> None:
    """Conflict where doing it by name would tell that an unnamed annotation is the actor's.

    `place` is for rights that the journey gives beside those of its threads.
    """
    tied = (*ties(row, actor), *more)
    if unnamed(row) and would_name(
        place or place_in(row, actor), actor, may, row["seen_anyway"], *tied
    ):
        detail = (
            "This would be told with your name, and only whoever wrote this annotation could do it:"
            " ask somebody else to."
        )
        raise Conflict(detail, code="would_name_you")


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
        fact = by_author(verb, said) if verb in _BY_AUTHOR and row["mine"] else Fact(verb, said)
        await ledger.write(tx, actor, head, fact)
    turned = await annotation(tx, actor, said.id)
    await rewind(tx, row, turned)
    return turned
