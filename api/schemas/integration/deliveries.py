"""What was sent to a webhook, on the wire."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from api.schemas.base import Count, Instant, Reply, Revision, present
from domain.database import Row
from domain.integration import DeliveryStatus
from domain.queries.page import Page


class WebhookAttempt(Reply):
    """One try: the status that came back, or why none did. `asked_by` is who asked for it."""

    example: ClassVar = {
        "number": 1,
        "status_code": 204,
        "error": None,
        "milliseconds": 84,
        "asked_by": None,
    }

    number: Count
    at: Instant
    status_code: int | None
    error: str | None
    milliseconds: Count
    asked_by: UUID | None


class WebhookDelivery(Reply):
    """One event for one webhook. Its id is the header `webhook-id` of every attempt.

    `next_attempt_at` is null while the webhook is paused, and when there is none to come. A
    finished delivery is forgotten after 30 days.
    """

    example: ClassVar[dict[str, Any]] = {
        "event": "annotation.written",
        "status": "delivered",
        "attempt_count": 1,
        "next_attempt_at": None,
        "finished_at": "2026-11-16T14:05:00Z",
    }

    id: UUID
    webhook_id: UUID
    event: str
    revision: Revision | None
    status: DeliveryStatus
    attempt_count: Count
    next_attempt_at: Instant | None
    created_at: Instant
    finished_at: Instant | None


class WebhookDeliveryDetails(WebhookDelivery):
    """The same with every attempt, and with the body that is sent, byte for byte.

    `payload` is null for who neither is the member with whose eyes the webhook sees, nor manages a
    webhook of a service member; where that member may not see the event now; and for an access
    token without the scope `read`, or `ledger` for events of the organization.
    """

    example: ClassVar[dict[str, Any]] = WebhookDelivery.example | {
        "payload": '{"type":"annotation.written","timestamp":"2026-11-16T14:05:00Z","data":{}}'
    }

    payload: str | None
    attempts: list[WebhookAttempt]


class WebhookDeliveryPage(Reply):
    """Deliveries, newest first."""

    items: list[WebhookDelivery]
    next_cursor: str | None


def delivery(row: Row) -> WebhookDelivery:
    """A delivery."""
    return present(WebhookDelivery, row, **_named(row))


def delivery_details(row: Row, tried: Iterable[Row], shown: bool) -> WebhookDeliveryDetails:
    """A delivery with its attempts, and with its body if that is to be shown."""
    payload = row["payload"] if shown else None
    attempts = [present(WebhookAttempt, one) for one in tried]
    more = {"payload": payload, "attempts": attempts}
    return present(WebhookDeliveryDetails, row, **_named(row), **more)


def delivery_page(page: Page) -> WebhookDeliveryPage:
    """A page of deliveries."""
    items = [delivery(row) for row in page.rows]
    return WebhookDeliveryPage(items=items, next_cursor=page.next_cursor)


def _named(row: Row) -> dict[str, object]:
    return {"attempt_count": row["attempts"], "next_attempt_at": row["due_at"]}
