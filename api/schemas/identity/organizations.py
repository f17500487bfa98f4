"""The organization on the wire."""

from datetime import date
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from api.schemas.base import YEARS, Body, Instant, Name, Reply, Text, Version, changes, present
from domain.duties import EscalationLevel
from domain.errors import FieldError, Invalid

NamesLeaders = Annotated[
    bool,
    Meta(description="Whether ratings of decision-makers and executives show with their names."),
]
Timezone = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        description="A name of the IANA time zone database; days begin and end there.",
        examples=["Europe/Vienna"],
    ),
]
WorkingDays = Annotated[
    list[Annotated[int, Meta(ge=1, le=7)]],
    Meta(min_length=1, max_length=7, description="1 is Monday, 7 is Sunday; at least one."),
]
Holidays = Annotated[
    list[date], Meta(max_length=400, description="Days off, beside those of every week.")
]
Days = Annotated[int, Meta(ge=0, le=60)]
AcceptDays = Annotated[
    int, Meta(ge=1, le=60, description="Working days to accept or decline a responsibility.")
]
RemindDays = Annotated[
    int,
    Meta(ge=0, le=30, description="Working days before an input request is due to remind of it."),
]


class EscalationStepNew(Body):
    """A level of the chain, and how many working days pass before it is reached.

    The first counts from when something was due, the others from the step before.
    """

    level: EscalationLevel
    after_days: Days


EscalationChain = Annotated[
    list[EscalationStepNew],
    Meta(
        min_length=1,
        max_length=4,
        description="Whom the clock tells, in this order. What waits already keeps its date.",
    ),
]


class OrganizationPatch(Body):
    """What to change of the organization. Lists replace what was there."""

    name: Name | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    names_leaders: NamesLeaders | UnsetType = UNSET
    timezone: Timezone | UnsetType = UNSET
    working_days: WorkingDays | UnsetType = UNSET
    holidays: Holidays | UnsetType = UNSET
    escalation_chain: EscalationChain | UnsetType = UNSET
    accept_days: AcceptDays | UnsetType = UNSET
    remind_days: RemindDays | UnsetType = UNSET

    def __post_init__(self) -> None:
        """Invalid, with a pointer, when a holiday is out of all reason."""
        faults = [
            FieldError(OUT_OF_RANGE, "out_of_range", pointer=f"#/holidays/{place}")
            for place, day in enumerate(self.holidays or ())
            if day.year not in YEARS
        ]
        if faults:
            raise Invalid(OUT_OF_RANGE, code="out_of_range", errors=faults)


OUT_OF_RANGE = f"Choose a year from {YEARS.start} to {YEARS.stop - 1}."


class EscalationStep(Reply):
    """A level of the chain, and how many working days pass before it is reached."""

    level: EscalationLevel
    after_days: Days


class Organization(Reply):
    """The organization of the token: everything the API shows belongs to it.

    Its calendar counts every term: the working days in its time zone, less the holidays. Its chain
    is whom the clock tells when a responsibility is not accepted, input not given, a thread
    overdue.
    """

    id: UUID
    version: Version
    name: str
    description: str
    names_leaders: NamesLeaders
    timezone: str
    working_days: list[int]
    holidays: list[date]
    escalation_chain: list[EscalationStep]
    accept_days: int
    remind_days: int
    created_at: Instant
    updated_at: Instant


def organization(source: Any) -> Organization:
    """The organization, from a row or an entity."""
    read = source.__getitem__ if hasattr(source, "keys") else partial(getattr, source)
    chain = zip(read("escalation_levels"), read("escalation_days"), strict=True)
    return present(
        Organization,
        source,
        holidays=[date.fromisoformat(day) for day in read("holidays")],
        escalation_chain=[
            EscalationStep(level=EscalationLevel(level), after_days=days) for level, days in chain
        ],
    )


def settings(body: OrganizationPatch) -> dict[str, Any]:
    """The fields that a change names, as they are stored."""
    named = changes(body)
    chain = named.pop("escalation_chain", None)
    if chain is not None:
        named["escalation_levels"] = [step.level.value for step in chain]
        named["escalation_days"] = [step.after_days for step in chain]
    if "holidays" in named:
        named["holidays"] = [day.isoformat() for day in named["holidays"]]
    return named
