"""Departments form a tree: each has at most one parent, and none is its own ancestor."""

from collections.abc import Mapping
from uuid import UUID

from domain.errors import FieldError, Invalid


def ancestors(parents: Mapping[UUID, UUID | None], department: UUID) -> tuple[UUID, ...]:
    """Return the parents of a department, nearest first, without itself.

    A department that is not in the mapping has none; a cycle in the data ends the climb.
    """
    climbed: list[UUID] = []
    above = parents.get(department)
    while above is not None and above != department and above not in climbed:
        climbed.append(above)
        above = parents.get(above)
    return tuple(climbed)


def would_cycle(parents: Mapping[UUID, UUID | None], department: UUID, parent: UUID | None) -> bool:
    """Tell whether giving a department this parent would make it its own ancestor."""
    if parent is None:
        return False
    return parent == department or department in ancestors(parents, parent)


def refuse_cycle(
    parents: Mapping[UUID, UUID | None], department: UUID, parent: UUID | None
) -> None:
    """Raise Invalid, code department_cycle, pointer #/parent_id, where `would_cycle`."""
    if would_cycle(parents, department, parent):
        detail = "A department cannot stand below itself: choose a parent outside its own branch."
        error = FieldError(detail, "department_cycle", pointer="#/parent_id")
        raise Invalid(detail, code="department_cycle", errors=(error,))
