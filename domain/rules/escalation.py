"""Up the chain of command: whom each level reaches, and which levels are passed over.

A level reaches one member at most, and only somebody active:

* manager: the nearest above the member in the chain of managers;
* head of department: the head of the member's department, or of the nearest department above it,
  who is not the member;
* decision-maker, executive: the nearest of that group among those managers, else among those heads;
  an executive, where there is none, is the one who has been with the organization longest.

What concerns a department goes from its head; while it has none, it has no managers either.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.duties import EscalationLevel
from domain.roles import Group
from domain.rules import departments, managers

_GROUPS = {
    EscalationLevel.DECISION_MAKER: Group.DECISION_MAKER,
    EscalationLevel.EXECUTIVE: Group.EXECUTIVE,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Where a member stands."""

    group: Group
    manager_id: UUID | None = None
    department_id: UUID | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class Unit:
    """A department in the tree."""

    parent_id: UUID | None = None
    head_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """The organization as the chain of command knows it; departments that were removed are not."""

    members: Mapping[UUID, Person]
    departments: Mapping[UUID, Unit]

    def active(self, member_id: UUID | None) -> bool:
        """Whether this is a member who can be reached."""
        person = self.members.get(member_id) if member_id else None
        return person is not None and person.active

    def managers_of(self, member_id: UUID) -> list[UUID]:
        """A member's active managers, nearest first."""
        above = {one: person.manager_id for one, person in self.members.items()}
        return [one for one in managers.chain(above, member_id) if self.active(one)]

    def branch_of(self, department_id: UUID) -> tuple[UUID, ...]:
        """A department and those above it, nearest first."""
        parents = {one: unit.parent_id for one, unit in self.departments.items()}
        return department_id, *departments.ancestors(parents, department_id)


@dataclass(frozen=True, slots=True)
class Start:
    """Where the climb begins: a member, and the department whose heads come next.

    Without a member it begins below the department: its own head is the first it can reach.
    """

    member_id: UUID | None
    department_id: UUID | None


def start_at(chart: Chart, member_id: UUID | None, department_id: UUID | None) -> Start:
    """Begin at a member in their own department, or at the head of a department."""
    if member_id is not None:
        person = chart.members.get(member_id)
        return Start(member_id, person.department_id if person else None)
    unit = chart.departments.get(department_id) if department_id else None
    head_id = unit.head_id if unit and chart.active(unit.head_id) else None
    return Start(head_id, department_id)


def managers_above(chart: Chart, start: Start) -> list[UUID]:
    """The active managers above the start, nearest first."""
    return [] if start.member_id is None else chart.managers_of(start.member_id)


def heads_above(chart: Chart, start: Start) -> list[UUID]:
    """The active heads of the department and those above it, nearest first, but for the start."""
    if start.department_id is None:
        return []
    units = (chart.departments.get(one) for one in chart.branch_of(start.department_id))
    heads = [unit.head_id for unit in units if unit and unit.head_id]
    return [one for one in heads if chart.active(one) and one != start.member_id]


def reached(chart: Chart, start: Start, level: EscalationLevel) -> UUID | None:
    """Whom a level reaches from here, or None."""
    above, heads = managers_above(chart, start), heads_above(chart, start)
    if level is EscalationLevel.MANAGER:
        return next(iter(above), None)
    if level is EscalationLevel.HEAD_OF_DEPARTMENT:
        return next(iter(heads), None)
    group = _GROUPS[level]
    everybody = _in_group(chart, sorted(chart.members), group)
    anybody = everybody if level is EscalationLevel.EXECUTIVE else []
    near = [*_in_group(chart, above, group), *_in_group(chart, heads, group), *anybody]
    return next((one for one in near if one != start.member_id), None)


def next_reached(
    chart: Chart,
    start: Start,
    levels: Sequence[EscalationLevel],
    is_new: Callable[[UUID], bool],
) -> tuple[int, UUID] | None:
    """The first level that reaches somebody new, as its place in `levels`, and whom; else None."""
    for place, level in enumerate(levels):
        member_id = reached(chart, start, level)
        if member_id is not None and is_new(member_id):
            return place, member_id
    return None


def level_of(chart: Chart, start: Start, member_id: UUID) -> EscalationLevel | None:
    """As what a member stands above the start; None when they do not."""
    person = chart.members.get(member_id)
    if person is None or not person.active or member_id == start.member_id:
        return None
    if member_id in managers_above(chart, start):
        return EscalationLevel.MANAGER
    if member_id in heads_above(chart, start):
        return EscalationLevel.HEAD_OF_DEPARTMENT
    return next((level for level, group in _GROUPS.items() if group is person.group), None)


def _in_group(chart: Chart, members: Iterable[UUID], group: Group) -> list[UUID]:
    return [one for one in members if chart.active(one) and chart.members[one].group is group]
