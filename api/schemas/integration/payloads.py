"""What is sent to a webhook: the body, byte for byte."""

from uuid import UUID

import msgspec

from api.schemas.base import Instant, Reply, Revision, Version, present
from api.schemas.records.events import EventActor, Verb, event
from domain.clock import now
from domain.rules.webhooks import PING
from domain.services.integration.telling import News


class WebhookEventData(Reply):
    """The event as listJourneyEvents and listOrganizationEvents give it, and where it happened.

    `journey_id` is null for what happened in the organization, outside its journeys.
    """

    organization_id: UUID
    webhook_id: UUID
    journey_id: UUID | None
    revision: Revision
    at: Instant
    actor: EventActor
    verb: Verb
    subject_kind: str
    subject_id: UUID
    version: Version
    touchpoint_id: UUID | None
    from_touchpoint_id: UUID | None


class WebhookEvent(Reply):
    """Something happened. `type` is its verb, `timestamp` when it happened."""

    type: str
    timestamp: Instant
    data: WebhookEventData


class WebhookPingData(Reply):
    """Whom the ping is for."""

    organization_id: UUID
    webhook_id: UUID


class WebhookPing(Reply):
    """Somebody tries the webhook; nothing happened."""

    type: str
    timestamp: Instant
    data: WebhookPingData


def event_payload(news: News) -> str:
    """What is sent of an entry that the member of the webhook sees."""
    told = event(news.entry)
    assert told.at is not None, "what its member may not see is not told"
    data = present(
        WebhookEventData,
        told,
        organization_id=news.organization_id,
        webhook_id=news.webhook_id,
        journey_id=news.journey_id,
    )
    return _text(WebhookEvent(type=data.verb, timestamp=told.at, data=data))


def ping_payload(organization_id: UUID, webhook_id: UUID) -> str:
    """What is sent to try a webhook."""
    data = WebhookPingData(organization_id=organization_id, webhook_id=webhook_id)
    return _text(WebhookPing(type=PING, timestamp=now(), data=data))


def _text(payload: Reply) -> str:
    return msgspec.json.encode(payload).decode()
