"""The runaround: how often a customer is handed from department to department on a journey."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

MODEL_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Contact:
    """One touchpoint in the order of the map: who answers for it, and whether it is a repeat."""

    department_id: UUID | None
    repeat: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A contact as a customer comes to it.

    `handed_over_from` is the department the customer comes from, where it is another one.
    `returned`: that other department sends the customer back to one they have been with before.
    """

    contact: Contact
    handed_over_from: UUID | None
    returned: bool


@dataclass(frozen=True, slots=True)
class Runaround:
    """What a customer goes through; a contact without a department is passed over and counted."""

    steps: tuple[Step, ...]
    departments: int
    handoffs: int
    returns: int
    repeats: int
    without_department: int
    explanation: str


def runaround(contacts: Sequence[Contact]) -> Runaround:
    """Follow the contacts in their order."""
    steps: list[Step] = []
    last: UUID | None = None
    met: set[UUID] = set()
    for contact in contacts:
        here = contact.department_id
        moved = here is not None and last is not None and here != last
        steps.append(Step(contact, last if moved else None, moved and here in met))
        if here is not None:
            last = here
            met.add(here)
    return _counted(steps, len(met))


def _counted(steps: Sequence[Step], departments: int) -> Runaround:
    known = sum(step.contact.department_id is not None for step in steps)
    handoffs = sum(step.handed_over_from is not None for step in steps)
    return Runaround(
        steps=tuple(steps),
        departments=departments,
        handoffs=handoffs,
        returns=sum(step.returned for step in steps),
        repeats=sum(step.contact.repeat for step in steps),
        without_department=len(steps) - known,
        explanation=_explained(known, len(steps), handoffs),
    )


def _explained(known: int, n: int, handoffs: int) -> str:
    if known == 0:
        return f"no figure: none of the {n} touchpoints has a responsible department"
    passes = known - 1
    text = (
        f"handoffs {handoffs} = {passes} passes between {known} touchpoints in the order of the map"
        f" - {passes - handoffs} that stay with the same department"
    )
    left = n - known
    return f"{text}; passed over: {left} without a department" if left else text
