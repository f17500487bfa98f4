"""Whether a document would let something follow from itself, with what is linked already."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any
from uuid import UUID

from domain.errors import FieldError
from domain.models.findings.findings import Source
from domain.services.maps.imports.draft import Draft
from domain.services.steps.sourcing import CIRCLE
from domain.words import SubjectKind


def circle_faults(draft: Draft) -> Iterator[FieldError]:
    """The new links of one circle, if there is any."""
    made: dict[UUID, Any] = {one.id: one for one, _ in draft.made[Source]}
    around = _circle(draft, made) if made else set()
    for node in draft.document.of(SubjectKind.SOURCE) if around else ():
        one = made.get(draft.of(node))
        if one is not None and (one.from_id, one.subject_id) in around:
            yield node.fault(CIRCLE, "source_circle", "follows")


def _circle(draft: Draft, made: dict[UUID, Any]) -> set[tuple[UUID, UUID]]:
    """A circle as pairs of what is followed from and what follows; empty when there is none."""
    linked: dict[UUID, set[UUID]] = {}
    there = (one for one in draft.there.entities.values() if isinstance(one, Source))
    for one in (*(one for one in there if one.removed_at is None), *made.values()):
        linked.setdefault(one.subject_id, set()).add(one.from_id)
    try:
        TopologicalSorter(linked).prepare()
    except CycleError as error:
        return set(pairwise(error.args[1]))
    return set()
