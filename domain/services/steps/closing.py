"""How a thread may end: what must be said, and which thread a duplicate may point at."""

from dataclasses import dataclass
from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import NotFound
from domain.queries.voices.annotations import annotation
from domain.queries.voices.assignees import can_take
from domain.roles import Group
from domain.rules.audience import audience
from domain.services.steps.refusing import impossible
from domain.words import AnnotationStatus, Resolution

FIELD = "duplicate_of_id"
_TAKEN_BACK = (AnnotationStatus.WITHDRAWN, AnnotationStatus.HIDDEN)


@dataclass(frozen=True, slots=True)
class End:
    """How a thread ends, why, and for a duplicate which thread goes on."""

    resolution: Resolution
    note: str = ""
    duplicate_of_id: UUID | None = None


async def check_end(tx: Transaction, actor: Actor, row: Row, how: End) -> None:
    """Refuse to end a thread of the journey that is held without what its readers need."""
    if how.resolution is Resolution.WONT_DO and not how.note.strip():
        detail = "Say in a note why nothing will be done."
        raise impossible(detail, "note_required", "note")
    if how.resolution is Resolution.DUPLICATE:
        await _check_original(tx, actor, row, how.duplicate_of_id)
    elif how.duplicate_of_id is not None:
        detail = "Only a duplicate points at another thread: leave duplicate_of_id out."
        raise impossible(detail, "not_a_duplicate", FIELD)


async def _check_original(
    tx: Transaction, actor: Actor, row: Row, original_id: UUID | None
) -> None:
    if original_id is None:
        detail = "Name the thread it is a duplicate of with duplicate_of_id."
        raise impossible(detail, "original_required", FIELD)
    try:
        original = await annotation(tx, actor, original_id)
    except NotFound:
        original = None
    if original is None or original["journey_id"] != row["journey_id"]:
        raise impossible("There is no such thread in this journey.", "unknown_annotation", FIELD)
    if fault := _fault(row, original):
        raise impossible(fault, "not_an_original", FIELD)
    if not await _reaches_readers(tx, actor, row, original):
        detail = "Not everybody who reads this thread may read that one: answer here instead."
        raise impossible(detail, "original_unseen", FIELD)


def _fault(row: Row, original: Row) -> str:
    """Why a thread cannot go on for another. A duplicate never can, so that no circle closes."""
    if original["id"] == row["id"]:
        return "A thread is no duplicate of itself."
    if original["duplicate_of_id"] is not None:
        return "That thread is a duplicate itself: name the one it points at."
    if original["status"] in _TAKEN_BACK:
        return "That thread was taken back: name one that can be read."
    return ""


async def _reaches_readers(tx: Transaction, actor: Actor, row: Row, original: Row) -> bool:
    """Whether whoever reads a thread, its author first of all, may read the other."""
    seen = audience(original["visibility"], original["author_group"])
    if not audience(row["visibility"], row["author_group"]) <= seen:
        return False
    if row["author_id"] is None:  # who speaks for a group is asked about as one of it
        return Group(row["author_group"]) in seen
    return await can_take(tx, actor, row["author_id"], original["id"]) is not False
