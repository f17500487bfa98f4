"""Sending something on purpose: a ping, and what was sent before once more."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction, hot
from domain.errors import Conflict
from domain.integration import WebhookStatus
from domain.models.integration.webhooks import Delivery
from domain.policy import require
from domain.queries.integration import deliveries, webhooks
from domain.queries.page import Page, PageRequest
from domain.roles import May
from domain.rules.webhooks import PING

_AGAIN = hot(
    text(
        "UPDATE webhook_deliveries SET status = 'pending', tries = 0, finished_at = NULL,"
        " due_at = CAST(:at AS timestamptz), asked_by = CAST(:asked_by AS uuid)"
        " WHERE organization_id = CAST(:organization_id AS uuid) AND id = CAST(:id AS uuid)"
    )
)


async def log(
    tx: Transaction, actor: Actor, webhook_id: UUID, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of what was to be delivered to a webhook, for whoever manages them."""
    require(actor, May.MANAGE_WEBHOOKS, actor.standing())
    await webhooks.webhook(tx, actor, webhook_id)
    return await deliveries.list_deliveries(tx, actor, {"webhook": webhook_id, **filters}, page)


async def read(tx: Transaction, actor: Actor, delivery_id: UUID) -> Row:
    """One delivery, for whoever manages webhooks."""
    require(actor, May.MANAGE_WEBHOOKS, actor.standing())
    return await deliveries.delivery(tx, actor, delivery_id)


async def ping(tx: Transaction, actor: Actor, webhook_id: UUID, payload: str) -> Row:
    """Let a webhook be tried now."""
    require(actor, May.MANAGE_WEBHOOKS, actor.standing())
    _require_active((await webhooks.webhook(tx, actor, webhook_id))["status"])
    made = Delivery(
        organization_id=actor.organization_id,
        webhook_id=webhook_id,
        event=PING,
        payload=payload,
        asked_by=actor.member_id,
    )
    await tx.add(made)
    return await deliveries.delivery(tx, actor, made.id)


async def redeliver(tx: Transaction, actor: Actor, delivery_id: UUID) -> Row:
    """Send it again now, under the same id, and again later as long as that fails."""
    require(actor, May.MANAGE_WEBHOOKS, actor.standing())
    found = await deliveries.delivery(tx, actor, delivery_id, held=True)
    _require_active(found["webhook_status"])
    here = {"organization_id": actor.organization_id, "id": delivery_id}
    await tx.run(_AGAIN, **here, at=now(), asked_by=actor.member_id)
    return await deliveries.delivery(tx, actor, delivery_id)


def _require_active(status: str) -> None:
    if status != WebhookStatus.ACTIVE:
        detail = f"This webhook is {status}: resume it first."
        raise Conflict(detail, code="webhook_not_active")
