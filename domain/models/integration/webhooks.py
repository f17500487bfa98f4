"""Webhooks, what is to be delivered to them, and each attempt at it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.integration import DeliveryStatus, DisabledReason, WebhookStatus
from domain.models.base import SECRET, Base, Recorded, Tenant, link, of_organization, one_of
from domain.words import SubjectKind


class Webhook(Recorded, Base, kw_only=True):
    """An address that is told what happens, as far as `member_id` may see it.

    `events` are verbs of the ledger; none means all. The secret is sealed; the one before it signs
    beside it until `previous_until`. Events before `enabled_at` are not told.
    """

    __tablename__ = "webhooks"
    subject_kind = SubjectKind.WEBHOOK
    __table_args__ = (
        of_organization(),
        link("member_id", "members"),
        link("journey_id", "journeys"),
        link("created_by", "members"),
        one_of("status", WebhookStatus),
        one_of("disabled_reason", DisabledReason),
    )

    name: Mapped[str]
    url: Mapped[str]
    events: Mapped[list[str]]
    journey_id: Mapped[UUID | None] = mapped_column(default=None)
    member_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(default=WebhookStatus.ACTIVE)
    disabled_reason: Mapped[str | None] = mapped_column(default=None)
    secret: Mapped[bytes] = mapped_column(info=SECRET)
    previous_secret: Mapped[bytes | None] = mapped_column(default=None, info=SECRET)
    previous_until: Mapped[datetime | None] = mapped_column(default=None)
    enabled_at: Mapped[datetime] = mapped_column(default_factory=now)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class WebhookHealth(Tenant, Base, kw_only=True):
    """How a webhook fares, under its id: made from its attempts, which are forgotten earlier.

    `failing_since` is the first failure since the last success, `quiet_until` when the receiver
    wants to be called again.
    """

    __tablename__ = "webhook_health"
    __table_args__ = (of_organization(), link("id", "webhooks"))

    delivered_at: Mapped[datetime | None] = mapped_column(default=None)
    tried_at: Mapped[datetime | None] = mapped_column(default=None)
    failing_since: Mapped[datetime | None] = mapped_column(default=None)
    quiet_until: Mapped[datetime | None] = mapped_column(default=None)


class Delivery(Tenant, Base, kw_only=True):
    """One event for one webhook; its id is the `webhook-id` of every attempt.

    `payload` is the body, byte for byte what is signed and sent. `due_at` is when it is tried next;
    whoever tries it puts `due_at` off first, so that a killed worker's attempt is made again. It is
    null while the webhook is paused, and when nothing is to be tried. `tries` counts the attempts
    since it was made or asked for again, `attempts` all of them; `asked_by` is who asked for the
    next one.
    """

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        of_organization(),
        link("webhook_id", "webhooks"),
        link("asked_by", "members"),
        one_of("status", DeliveryStatus),
        # An entry of the ledger goes to a webhook once, however often it is read.
        UniqueConstraint(
            "organization_id",
            "webhook_id",
            "stream_id",
            "revision",
            name="uq_webhook_deliveries_entry",
        ),
        Index("ix_webhook_deliveries_webhook", "organization_id", "webhook_id", "id"),
        Index(
            "ix_webhook_deliveries_due",
            "organization_id",
            "webhook_id",
            "due_at",
            postgresql_where=text("status = 'pending'"),
        ),
        Index(
            "ix_webhook_deliveries_finished",
            "finished_at",
            postgresql_where=text("status <> 'pending'"),
        ),
    )

    webhook_id: Mapped[UUID]
    stream_id: Mapped[UUID | None] = mapped_column(default=None)
    revision: Mapped[int | None] = mapped_column(BigInteger, default=None)
    event: Mapped[str]
    payload: Mapped[str]
    status: Mapped[str] = mapped_column(default=DeliveryStatus.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    asked_by: Mapped[UUID | None] = mapped_column(default=None)
    due_at: Mapped[datetime | None] = mapped_column(default_factory=now)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class Attempt(Tenant, Base, kw_only=True):
    """One try: what came back, or why nothing did. What was in the answer is not kept."""

    __tablename__ = "webhook_attempts"
    __table_args__ = (
        of_organization(),
        link("delivery_id", "webhook_deliveries"),
        link("asked_by", "members"),
        Index("ix_webhook_attempts_delivery", "organization_id", "delivery_id", "number"),
    )

    delivery_id: Mapped[UUID]
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(default_factory=now)
    status_code: Mapped[int | None] = mapped_column(default=None)
    error: Mapped[str | None] = mapped_column(default=None)
    milliseconds: Mapped[int]
    asked_by: Mapped[UUID | None] = mapped_column(default=None)
