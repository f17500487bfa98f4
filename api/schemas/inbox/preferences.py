"""Preferences on the wire."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from api.schemas.base import Body, Instant, Reply
from domain.services.inbox.preferences import Preferences as Chosen
from domain.talk import Digest, NotificationReason


class PreferencesPatch(Body):
    """How often to get a letter with what is unread, and which reasons not to hear at all."""

    digest: Digest | UnsetType = UNSET
    muted_reasons: Annotated[list[NotificationReason], Meta(max_length=20)] | UnsetType = UNSET


class Preferences(Reply):
    """What you want to hear. Without a choice executives get a weekly letter, others none.

    Letters come at eight in the morning of the organization, on working days, if there is anything
    unread to tell and the server sends letters at all; a weekly one on the first working day.
    """

    digest: Digest
    muted_reasons: list[NotificationReason]
    digest_due_at: Instant | None
    digest_sent_at: Instant | None


def preferences(chosen: Chosen) -> Preferences:
    """A member's preferences."""
    return Preferences(
        digest=chosen.digest,
        muted_reasons=list(chosen.muted_reasons),
        digest_due_at=chosen.digest_due_at,
        digest_sent_at=chosen.digest_sent_at,
    )
