"""The organization's calendar and chain of command, as the clock goes by them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from domain.database import Transaction, hot
from domain.duties import EscalationLevel
from domain.models.identity.organizations import Organization
from domain.queries.readers import ORGANIZATION
from domain.rules.calendar import Calendar, calendar

_CLOCK = hot(
    select(
        Organization.timezone,
        Organization.working_days,
        Organization.holidays,
        Organization.escalation_levels,
        Organization.escalation_days,
        Organization.accept_days,
        Organization.remind_days,
    ).where(Organization.id == ORGANIZATION)
)


@dataclass(frozen=True, slots=True)
class Clock:
    """When an organization works, how long each level of its chain waits, and what it grants.

    `chain`: levels with the working days that pass before each is reached. `accept_days`: to accept
    a responsibility. `remind_days`: before an input request is due. All are working days.
    """

    calendar: Calendar
    chain: tuple[tuple[EscalationLevel, int], ...]
    accept_days: int
    remind_days: int


async def clock_of(tx: Transaction, organization_id: UUID) -> Clock:
    """The clock of an organization."""
    row = await tx.row(_CLOCK, organization_id=organization_id)
    assert row is not None, "an organization outlives the requests in it"
    levels = (EscalationLevel(level) for level in row["escalation_levels"])
    return Clock(
        calendar=calendar(row["timezone"], row["working_days"], row["holidays"]),
        chain=tuple(zip(levels, row["escalation_days"], strict=True)),
        accept_days=row["accept_days"],
        remind_days=row["remind_days"],
    )
