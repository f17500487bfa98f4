"""Webhooks on the wire; the secret is shown once."""

from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from api.schemas.base import Body, Count, Instant, Name, Reply, Version, present
from domain.database import Row
from domain.facts import Verb
from domain.integration import DisabledReason, WebhookStatus
from domain.queries.page import Page

WebhookUrl = Annotated[
    str,
    Meta(
        max_length=2_048,
        pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[!-~]+$(?!\n)",
        description="A public https address, at the port 443 or 8443.",
        examples=["https://example.org/touchstone"],
    ),
]
WebhookVerbs = Annotated[
    list[Verb],
    Meta(
        max_length=400,
        description="The kinds of events to hear of, each once; none means all, those to come too.",
        extra_json_schema={"uniqueItems": True},
        examples=[["annotation.written", "moment.confirmed"]],
    ),
]


class WebhookNew(Body):
    """Whom to tell what. With `journey_id`, only what happens in that journey.

    `member_id` is the member with whose eyes it sees: you, or a service member. It is told what
    that member's own event feeds tell, and never more.
    """

    name: Name
    url: WebhookUrl
    events: WebhookVerbs = field(default_factory=list)
    journey_id: UUID | None = None
    member_id: UUID | None = None


class WebhookPatch(Body):
    """What to change of a webhook. Where it goes, of what it hears and with whose eyes it sees may
    be changed by that member, or by anybody who manages webhooks where it is a service member."""

    name: Name | UnsetType = UNSET
    url: WebhookUrl | UnsetType = UNSET
    events: WebhookVerbs | UnsetType = UNSET
    journey_id: UUID | UnsetType | None = UNSET
    member_id: UUID | UnsetType = UNSET


class WebhookHealth(Reply):
    """How it fares. `pending` deliveries wait, for their next attempt or until it is resumed.

    `failing_since` is the first failure since the last success; after five days of failing the
    webhook is disabled. `quiet_until` is when the receiver wants to be called again.
    """

    delivered_at: Instant | None
    tried_at: Instant | None
    failing_since: Instant | None
    quiet_until: Instant | None
    pending: Count


class Webhook(Reply):
    """An address that is told what happens, as far as the member `member_id` may see it.

    While it is `paused`, what happens waits. What happens while it is `disabled` is not told;
    `disabled_reason` says why it is. Until `previous_secret_until` the secret before the present
    one signs beside it.
    """

    example: ClassVar = {"status": "active", "disabled_reason": None, "journey_id": None}

    id: UUID
    version: Version
    name: str
    url: str
    events: list[str]
    journey_id: UUID | None
    member_id: UUID
    status: WebhookStatus
    disabled_reason: DisabledReason | None
    enabled_at: Instant
    previous_secret_until: Instant | None
    health: WebhookHealth
    created_by: UUID
    created_at: Instant
    updated_at: Instant


class WebhookWithSecret(Webhook):
    """A webhook and the secret that signs what is sent to it, which is shown this once only."""

    secret: str


class WebhookPage(Reply):
    """Webhooks, newest first."""

    items: list[Webhook]
    next_cursor: str | None


def webhook(row: Row) -> Webhook:
    """A webhook."""
    return present(Webhook, row, **_made(row))


def webhook_with_secret(row: Row, secret: str) -> WebhookWithSecret:
    """A webhook, and its new secret."""
    return present(WebhookWithSecret, row, **_made(row), secret=secret)


def webhook_page(page: Page) -> WebhookPage:
    """A page of webhooks."""
    return WebhookPage(items=[webhook(row) for row in page.rows], next_cursor=page.next_cursor)


def _made(row: Row) -> dict[str, object]:
    health = present(WebhookHealth, row)
    return {"health": health, "previous_secret_until": row["previous_until"]}
