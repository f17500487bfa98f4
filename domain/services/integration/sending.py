"""Sending: take what is due to a webhook, and record what came of it. Nothing is sent in here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import randbelow
from typing import Any, Final
from uuid import UUID

from domain import ledger
from domain.clock import now
from domain.database import Row, Transaction
from domain.integration import DisabledReason, WebhookStatus
from domain.ledger import Locked
from domain.models.integration.webhooks import Attempt
from domain.queries.identity.actors import acting_alone
from domain.queries.integration import sending as queries
from domain.rules.webhooks import Outcome, failing, to_be_disabled, verdict
from domain.services.steps.seeing import still_seen
from domain.services.steps.webhooks import disable

HELD: Final = timedelta(seconds=60)
"""How long what was taken is left alone: an attempt and its recording take 30 s and a bit."""
AT_ONCE: Final = 4
"""How many deliveries are sent to one webhook side by side; to one that is failing, one."""
ROUNDS: Final = 25
"""How often more is taken at a time, where nothing of what was taken may be sent."""
_FINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Claimed:
    """What is to be sent now to a webhook. `left`: its member has, and it is to be disabled."""

    webhook: Row | None = None
    deliveries: Sequence[Row] = ()
    left: bool = False


async def claim(tx: Transaction, webhook_id: UUID) -> Claimed:
    """Take what is due, or see to it that it is not due any more."""
    at, webhook = now(), await queries.webhook_held(tx, webhook_id)
    if webhook is None or webhook["removed"] or webhook["status"] == WebhookStatus.DISABLED:
        await queries.cancel(tx, webhook_id, at)
        return Claimed()
    if not webhook["stays"]:
        return Claimed(webhook, left=True)
    quiet = webhook["quiet_until"]
    if webhook["status"] == WebhookStatus.PAUSED or (quiet is not None and quiet > at):
        until = None if webhook["status"] == WebhookStatus.PAUSED else quiet
        await queries.put_off(tx, webhook_id, at, until)
        return Claimed()
    return Claimed(webhook, await _taken(tx, webhook, at))


async def _taken(tx: Transaction, webhook: Row, at: datetime) -> Sequence[Row]:
    """What is due and its member still sees; what they see no longer is cancelled."""
    actor = await acting_alone(tx, webhook["member_id"], webhook["id"])
    width = 1 if webhook["failing_since"] else AT_ONCE
    for _ in range(ROUNDS):
        due = await queries.take(tx, webhook["id"], at, at + HELD, width)
        seen = await still_seen(tx, actor, due)
        left = {one["id"] for one in due} - {one["id"] for one in seen}
        if left:
            await queries.cancel(tx, webhook["id"], at, list(left))
        if seen or not due:
            return seen
    return ()


async def abandon(tx: Transaction, webhook_id: UUID) -> None:
    """Disable a webhook whose member has left."""
    head = await _organization(tx)
    await disable(tx, head, webhook_id, DisabledReason.OWNER_LEFT)


async def record(tx: Transaction, webhook: Row, delivery: Row, outcome: Outcome) -> None:
    """Note an attempt, what becomes of the delivery, and how the webhook fares."""
    reason = to_be_disabled(outcome, webhook["failing_since"])
    head = await _organization(tx) if reason else None
    health = await queries.health_held(tx, webhook["id"])
    since = None
    if not outcome.good and health is not None:
        since = failing(health["failing_since"], health["tried_at"], outcome.at)
    became = verdict(outcome, delivery["tries"], randbelow(_FINE) / _FINE)
    told: dict[str, Any] = {"at": outcome.at, "failing_since": since}
    await queries.fares(tx, webhook["id"], **told, quiet_until=became.quiet_until)
    await _attempted(tx, delivery, outcome, status=became.status.value, due_at=became.due_at)
    if head is not None and reason is not None and _still(reason, outcome, since):
        await disable(tx, head, webhook["id"], reason)


async def _attempted(tx: Transaction, delivery: Row, outcome: Outcome, **became: Any) -> None:
    number = await queries.tried(tx, delivery["id"], at=outcome.at, **became)
    if number is None:
        return
    assert tx.organization_id is not None
    attempt = Attempt(
        organization_id=tx.organization_id,
        delivery_id=delivery["id"],
        number=number,
        at=outcome.at,
        status_code=outcome.status_code,
        error=outcome.error,
        milliseconds=outcome.milliseconds,
        asked_by=delivery["asked_by"],
    )
    await tx.add(attempt)


async def _organization(tx: Transaction) -> Locked:
    assert tx.organization_id is not None
    return await ledger.lock_alone(tx, tx.organization_id)


def _still(reason: DisabledReason, outcome: Outcome, since: Any) -> bool:
    """Whether it has not had a success since it was taken."""
    return reason == to_be_disabled(outcome, since)
