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
from domain.policy import permits, require, require_scope
from domain.queries.identity.actors import acting_alone
from domain.queries.integration import deliveries, webhooks
from domain.queries.page import Page, PageRequest
from domain.roles import May
from domain.rules.webhooks import PING
from domain.services.steps.seeing import needed, still_seen
from domain.words import MemberKind

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


async def read(tx: Transaction, actor: Actor, delivery_id: UUID) -> tuple[Row, bool]:
    """One delivery, for whoever manages webhooks, and whether they may see its body."""
    require(actor, May.MANAGE_WEBHOOKS, actor.standing())
    found = await deliveries.delivery(tx, actor, delivery_id)
    own = found["member_id"] == actor.member_id or found["member_kind"] == MemberKind.SERVICE
    return found, own and _reads(actor, found) and await _seen(tx, found)


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
    """Send it again now, under the same id, and again later as long as that fails.

    Conflict where the member with whose eyes the webhook sees may not see the event now.
    """
    require(actor, May.MANAGE_WEBHOOKS, actor.standing())
    found = await deliveries.delivery(tx, actor, delivery_id, held=True)
    _require_active(found["webhook_status"])
    if found["stream_id"] is not None:
        require_scope(actor, needed(actor, found["stream_id"]))
    if not await _seen(tx, found):
        detail = "The member with whose eyes this webhook sees may not see this event now."
        raise Conflict(detail, code="webhook_event_unseen")
    here = {"organization_id": actor.organization_id, "id": delivery_id}
    await tx.run(_AGAIN, **here, at=now(), asked_by=actor.member_id)
    return await deliveries.delivery(tx, actor, delivery_id)


def _reads(actor: Actor, found: Row) -> bool:
    """Whether they may read the stream that a delivery tells of, as far as its token goes."""
    stream_id = found["stream_id"]
    return stream_id is None or permits(actor, needed(actor, stream_id), actor.standing())


async def _seen(tx: Transaction, found: Row) -> bool:
    """Whether the webhook's member sees now what it tells of."""
    eyes = await acting_alone(tx, found["member_id"], found["webhook_id"])
    return bool(await still_seen(tx, eyes, [found]))


def _require_active(status: str) -> None:
    if status != WebhookStatus.ACTIVE:
        detail = f"This webhook is {status}: resume it first."
        raise Conflict(detail, code="webhook_not_active")
