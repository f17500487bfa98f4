"""What was sent to webhooks, over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.params import FromPath, QueryParameter
from msgspec import Meta

from api.auth.actor import By, Db
from api.schemas.integration.deliveries import (
    WebhookDelivery,
    WebhookDeliveryDetails,
    WebhookDeliveryPage,
    delivery,
    delivery_details,
    delivery_page,
)
from api.schemas.integration.payloads import ping_payload
from api.schemas.pages import Paging
from domain.database import Row
from domain.integration import DeliveryStatus
from domain.queries.integration import deliveries as queries
from domain.roles import May
from domain.services.integration import deliveries

Statuses = Annotated[
    list[DeliveryStatus] | None, QueryParameter(description="Without it: all of them.")
]
Events = Annotated[
    list[Annotated[str, Meta(max_length=100)]] | None,
    QueryParameter(
        description="Kinds of events, such as `annotation.written`; repeat for more.",
        max_items=50,
        schema_extra={"items": {"type": "string", "maxLength": 100}},  # Litestar forgets it
    ),
]


class WebhookDeliveryController(Controller):
    """The log of each webhook, and sending once more."""

    tags = ["Webhooks"]

    @post("/webhooks/{webhook_id:uuid}/ping", may=May.MANAGE_WEBHOOKS, status_code=202,
          problems=(409,))  # fmt: skip
    async def ping_webhook(
        self, tx: Db, actor: By, webhook_id: FromPath[UUID]
    ) -> Response[WebhookDelivery]:
        """Send the event `webhook.ping` to a webhook now, as any other event would be sent.

        See what came of it at the address in `Location`.
        """
        payload = ping_payload(actor.organization_id, webhook_id)
        return accepted(await deliveries.ping(tx, actor, webhook_id, payload))

    @get("/webhooks/{webhook_id:uuid}/deliveries", may=May.MANAGE_WEBHOOKS)
    async def list_webhook_deliveries(
        self,
        tx: Db,
        actor: By,
        page: Paging,
        webhook_id: FromPath[UUID],
        status: Statuses = None,
        event: Events = None,
    ) -> WebhookDeliveryPage:
        """List what was to be delivered to a webhook, newest first."""
        filters = {"status": status, "event": event}
        return delivery_page(await deliveries.log(tx, actor, webhook_id, filters, page))

    @get("/webhook-deliveries/{delivery_id:uuid}", may=May.MANAGE_WEBHOOKS)
    async def get_webhook_delivery(
        self, tx: Db, actor: By, delivery_id: FromPath[UUID]
    ) -> WebhookDeliveryDetails:
        """One delivery: what is sent, and what came of every attempt."""
        row, shown = await deliveries.read(tx, actor, delivery_id)
        return delivery_details(row, await queries.attempts(tx, actor, delivery_id), shown)

    @post("/webhook-deliveries/{delivery_id:uuid}/redeliver", may=May.MANAGE_WEBHOOKS,
          status_code=202, problems=(409,))  # fmt: skip
    async def redeliver_webhook_delivery(
        self, tx: Db, actor: By, delivery_id: FromPath[UUID]
    ) -> Response[WebhookDelivery]:
        """Send something again now, under the same `webhook-id`, whatever came of it before.

        If that fails, it is tried again later, as a new delivery would be. What the webhook's
        member may not see now is not sent. An access token needs the scope `read` too, or `ledger`
        for an event of the organization.
        """
        return accepted(await deliveries.redeliver(tx, actor, delivery_id))


def accepted(row: Row) -> Response[WebhookDelivery]:
    """202 with where to look."""
    where = {"Location": f"/v1/webhook-deliveries/{row['id']}"}
    return Response(delivery(row), status_code=202, headers=where)
