"""The words of what reaches outside: webhooks, and who else vouches for a person."""

from enum import StrEnum


class WebhookStatus(StrEnum):
    """What becomes of events. Paused, they wait; disabled, nothing waits any more."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"


class DisabledReason(StrEnum):
    """Why a webhook was disabled, other than by hand."""

    GONE = "gone"
    FAILING = "failing"
    OWNER_LEFT = "owner_left"


class DeliveryStatus(StrEnum):
    """Where one delivery stands; failed is after the last retry."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"
