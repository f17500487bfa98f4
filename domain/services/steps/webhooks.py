"""Disabling a webhook: what waits is cancelled, and its member hears of it from the ledger."""

from uuid import UUID

from domain import ledger
from domain.clock import now
from domain.database import Transaction
from domain.facts import Verb
from domain.integration import DisabledReason, WebhookStatus
from domain.ledger import Fact, Locked
from domain.models.integration.webhooks import Webhook
from domain.queries.integration import sending
from domain.services.steps.changing import change


async def disable(
    tx: Transaction, head: Locked, webhook_id: UUID, reason: DisabledReason
) -> Locked:
    """Disable a webhook as the system; `head` is the organization's. Returns where that stands."""
    assert tx.organization_id is not None
    webhook = await tx.entity(Webhook, (tx.organization_id, webhook_id))
    if webhook is None or webhook.removed_at or webhook.status == WebhookStatus.DISABLED:
        return head
    change(webhook, {"status": WebhookStatus.DISABLED.value, "disabled_reason": reason.value})
    head = await ledger.record(tx, None, head, Fact(Verb.WEBHOOK_DISABLED, webhook))
    await sending.cancel(tx, webhook_id, now())
    return head
