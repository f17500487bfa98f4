"""Beginning to write letters to those who get them without having chosen to."""

from collections.abc import Collection
from uuid import UUID

from domain.clock import now
from domain.database import Transaction
from domain.queries.accountability.clocks import clock_of
from domain.queries.inbox import preferences
from domain.roles import Group
from domain.rules.digesting import digest_of, next_digest
from domain.talk import Digest

_WEEKLY = [group for group in Group if digest_of(group) is Digest.WEEKLY]


async def begin_letters(tx: Transaction, member_ids: Collection[UUID]) -> None:
    """Let the first letter be due to those of them who have chosen nothing."""
    assert tx.organization_id is not None, "members belong to an organization"
    new = await preferences.without_any(tx, list(member_ids), _WEEKLY)
    if new:
        clock = await clock_of(tx, tx.organization_id)
        due_at = next_digest(clock.calendar, Digest.WEEKLY, now())
        await preferences.begin(tx, new, Digest.WEEKLY, due_at)
