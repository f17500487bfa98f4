"""Which day it is where the organization works."""

from datetime import date

from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.queries.accountability.clocks import clock_of
from domain.rules.calendar import day_of


async def today(tx: Transaction, actor: Actor) -> date:
    """The organization's day: what is said to have been measured after it cannot have been."""
    clock = await clock_of(tx, actor.organization_id)
    return day_of(clock.calendar, now())
