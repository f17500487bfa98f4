"""The chain of command: each member has at most one manager, and nobody manages themselves."""

from collections.abc import Mapping
from uuid import UUID

from domain.errors import FieldError, Invalid


def chain(managers: Mapping[UUID, UUID | None], member: UUID) -> tuple[UUID, ...]:
    """Return a member's managers, nearest first, without the member.

    A member who is not in the mapping has none; a cycle in the data ends the climb.
    """
    climbed: list[UUID] = []
    above = managers.get(member)
    while above is not None and above != member and above not in climbed:
        climbed.append(above)
        above = managers.get(above)
    return tuple(climbed)


def manages(managers: Mapping[UUID, UUID | None], manager: UUID, member: UUID) -> bool:
    """Tell whether one is anywhere in the other's chain of managers."""
    return manager in chain(managers, member)


def would_cycle(managers: Mapping[UUID, UUID | None], member: UUID, manager: UUID | None) -> bool:
    """Tell whether giving a member this manager would put the member in their own chain."""
    if manager is None:
        return False
    return manager == member or manages(managers, member, manager)


def refuse_cycle(managers: Mapping[UUID, UUID | None], member: UUID, manager: UUID | None) -> None:
    """Raise Invalid, code manager_cycle, pointer #/manager_id, where `would_cycle`."""
    if would_cycle(managers, member, manager):
        detail = "Nobody manages themselves: choose a manager who does not report to this member."
        error = FieldError(detail, "manager_cycle", pointer="#/manager_id")
        raise Invalid(detail, code="manager_cycle", errors=(error,))
