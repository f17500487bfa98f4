"""Threads that already say what somebody is about to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal_column

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.voices.annotations import Annotation
from domain.queries.maps.places import place_of
from domain.queries.readers import reader
from domain.queries.records.found import find
from domain.queries.voices.annotations import among_visible, list_statement
from domain.queries.voices.filters import FILTERS, SHOWN
from domain.queries.voices.subjects import subject_beside
from domain.rules.likeness import ALIKE, Gist, likeness, telling
from domain.rules.searching import any_of
from domain.words import SubjectKind

SHOWN_AT_MOST, READ, WORDS, LONGEST = 5, 20, 16, 2_000
"""How many are offered, how many are read for it, by how many words they are looked for, and how
much of each is compared: all of it while somebody types."""

_BEGINNING = func.left(Annotation.body, literal_column(str(LONGEST)))
_BODIES = hot(
    among_visible(Annotation.id, _BEGINNING.label("body"), Annotation.resolved_at).where(
        FILTERS["ids"], SHOWN
    )
)


@dataclass(frozen=True, slots=True)
class Alike:
    """A thread, whether it is about the same thing and open, and how alike it is, from 0 to 1."""

    id: UUID
    near: bool
    open: bool
    similarity: float

    @property
    def order(self) -> tuple[bool, bool, float, UUID]:
        """What comes first: what is near, then what is open, then what is most alike."""
        return self.near, self.open, self.similarity, self.id


async def similar(
    tx: Transaction, actor: Actor, subject_id: UUID, text: str
) -> Sequence[tuple[Row, float]]:
    """Threads like a text about the same subject or touchpoint, then elsewhere in the journey.

    NotFound when the actor may not see the subject.
    """
    near, around = await _where(tx, actor, subject_id)
    words = sorted(telling(text), key=lambda word: (-len(word), word))[:WORDS]
    if not words:
        return ()
    found = {row["id"]: True for row in await _found(tx, actor, words, near)}
    if around and len(found) < SHOWN_AT_MOST:
        for row in await _found(tx, actor, words, around):
            found.setdefault(row["id"], False)
    return await _offered(tx, actor, text, found)


async def _where(
    tx: Transaction, actor: Actor, subject_id: UUID
) -> tuple[Mapping[str, UUID], Mapping[str, UUID]]:
    """The nearest place and the wider one, as the search is narrowed to them."""
    subject = await subject_beside(tx, actor, subject_id, None)
    if subject is not None and subject["kind"] == SubjectKind.PERSONA:
        return {"subject": subject_id}, {}
    place = await place_of(tx, actor, subject_id)
    at = place.touchpoint_id
    return {"touchpoint": at} if at else {"subject": subject_id}, {"journey": place.journey_id}


async def _found(
    tx: Transaction, actor: Actor, words: Sequence[str], where: Mapping[str, UUID]
) -> Sequence[Row]:
    narrowed = {"kind": [SubjectKind.ANNOTATION.value], **where}
    return (await find(tx, actor, any_of(words), (), narrowed))[:READ]


async def _offered(
    tx: Transaction, actor: Actor, text: str, found: Mapping[UUID, bool]
) -> Sequence[tuple[Row, float]]:
    given: dict[str, Any] = reader(actor)
    rows = await tx.rows(_BODIES, **given, ids=list(found))
    wanted = Gist(text)
    rated = [
        Alike(
            row["id"],
            found[row["id"]],
            row["resolved_at"] is None,
            likeness(wanted, Gist(row["body"])),
        )
        for row in rows
        if row["body"]
    ]
    alike = [one for one in rated if one.similarity >= ALIKE]
    best = sorted(alike, key=lambda one: one.order, reverse=True)[:SHOWN_AT_MOST]
    ids = [one.id for one in best]
    statement = list_statement(frozenset({"ids"}), paged=False)
    full = {row["id"]: row for row in await tx.rows(statement, **given, ids=ids, limit=len(ids))}
    return [(full[one.id], one.similarity) for one in best if one.id in full]
