"""What one wants to hear, and by letter how often."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.queries.accountability.clocks import clock_of
from domain.queries.held import hold_actor
from domain.queries.inbox import preferences
from domain.rules.digesting import digest_of, next_digest
from domain.talk import Digest, NotificationReason


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a member has chosen, or gets without choosing."""

    digest: Digest
    muted_reasons: tuple[NotificationReason, ...] = ()
    digest_due_at: datetime | None = None
    digest_sent_at: datetime | None = None


async def read(tx: Transaction, actor: Actor) -> Preferences:
    """The actor's preferences."""
    row = await preferences.preferences_of(tx, actor)
    return Preferences(digest_of(actor.group)) if row is None else _told(row)


async def update(tx: Transaction, actor: Actor, changes: Mapping[str, Any]) -> Preferences:
    """Change them; the next letter is due when the new rhythm says so."""
    await hold_actor(tx, actor)
    before = await read(tx, actor)
    digest = changes.get("digest", before.digest)
    muted = changes.get("muted_reasons", before.muted_reasons)
    due_at = before.digest_due_at
    if digest is not before.digest or due_at is None:
        clock = await clock_of(tx, actor.organization_id)
        due_at = next_digest(clock.calendar, digest, now())
    reasons = [reason.value for reason in NotificationReason if reason in muted]
    await preferences.keep(tx, actor, digest, reasons, due_at)
    return await read(tx, actor)


def _told(row: Row) -> Preferences:
    return Preferences(
        Digest(row["digest"]),
        tuple(NotificationReason(reason) for reason in row["muted_reasons"]),
        row["digest_due_at"],
        row["digest_sent_at"],
    )
