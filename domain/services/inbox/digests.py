"""Letters about the inbox: what is unread and in no letter yet, as sentences and places."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.clock import now
from domain.database import Row, Transaction
from domain.queries.accountability.clocks import clock_of
from domain.queries.inbox import digests
from domain.rules.digesting import next_digest
from domain.talk import Digest

MOST = 50
"""How many lines a letter has; what is more comes with the next."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter says, and to whom."""

    name: str
    email: str
    organization: str
    lines: Sequence[Row]
    more: bool


async def write(tx: Transaction, member_id: UUID) -> Told | None:
    """The letter that is due to a member; None when none is, or there is nothing to tell.

    When the next one is due is settled in the same transaction: what is sent after it is sent once,
    or, when the worker dies in between, not at all.
    """
    assert tx.organization_id is not None, "a member belongs to an organization"
    held = await digests.claim(tx, member_id)
    if held is None:
        return None
    clock = await clock_of(tx, tx.organization_id)
    to = await digests.addressee(tx, member_id)
    found = await digests.unmailed(tx, to, MOST + 1) if to else []
    lines, due_at = found[:MOST], next_digest(clock.calendar, Digest(held["digest"]), now())
    await digests.go_on(tx, member_id, due_at, lines)
    if to is None or not lines:
        return None
    return Told(to["name"], to["email"], to["organization"], lines, len(found) > MOST)
