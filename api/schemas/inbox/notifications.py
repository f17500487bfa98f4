"""The inbox on the wire."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from api.schemas.base import Body, Count, Instant, Reply, present
from domain.database import Row
from domain.queries.inbox.marking import Chosen
from domain.queries.inbox.notifications import places
from domain.queries.page import Page
from domain.rules.notices import Notice, notice
from domain.talk import NotificationReason
from domain.words import Resolution


class NotificationSubject(Reply):
    """What a notification is about; `annotation` is a thread."""

    id: UUID
    kind: str


class NotificationJourney(Reply):
    """The journey that it happened in."""

    id: UUID
    title: str


class NotificationActor(Reply):
    """Who did it; the name is empty once they were erased."""

    member_id: UUID
    name: str


class Notification(Reply):
    """One subject, one reason to be told of it, and what happened last.

    `verb` is that of the journey's events. `happened` counts what happened since you last read it.
    `path` leads to the place on the map, from the journey down. `journey` is null where a webhook
    was disabled: that happens in no journey, and `path` is its name. `actor` is null for the system
    and for whoever spoke for their group. `closed_as` and `note` say how the thread was closed, of
    a notification that you are told for the reason `resolved`, while it is.
    """

    id: UUID
    reason: NotificationReason
    verb: str
    sentence: str
    subject: NotificationSubject
    journey: NotificationJourney | None
    path: str
    actor: NotificationActor | None
    happened: Count
    closed_as: Resolution | None
    note: str | None
    last_at: Instant
    read_at: Instant | None
    archived_at: Instant | None


class NotificationPage(Reply):
    """Your inbox, newest first."""

    items: list[Notification]
    next_cursor: str | None


class UnreadCount(Reply):
    """How much is unread for one reason."""

    reason: NotificationReason
    unread: Count


class NotificationCount(Reply):
    """How much is unread; every reason is there, also with nothing in it."""

    unread: Count
    reasons: list[UnreadCount]


class NotificationPatch(Body):
    """Whether it is read, and whether it is in the archive. What is archived has been read."""

    read: bool | UnsetType = UNSET
    archived: bool | UnsetType = UNSET


class NotificationsMark(Body):
    """Which of your notifications to mark, and how: those that fit all that is given, or all.

    `before`: only those whose `last_at` is not later. Give the newest `last_at` that you have seen,
    so that what happens in the meantime stays unread.
    """

    ids: Annotated[list[UUID], Meta(min_length=1, max_length=100)] | None = None
    journey_id: UUID | None = None
    reason: NotificationReason | None = None
    before: Instant | None = None
    read: bool | UnsetType = UNSET
    archived: bool | UnsetType = UNSET

    @property
    def chosen(self) -> Chosen:
        """Which lines these are."""
        return Chosen(self.ids, self.journey_id, self.reason, self.before)


class NotificationsMarked(Reply):
    """How many notifications changed, and how many of all are unread now."""

    marked: Count
    unread: Count


def marks(body: NotificationPatch | NotificationsMark) -> tuple[bool | None, bool | None]:
    """What the body says of reading and of the archive; None where it says nothing."""
    read = None if body.read is UNSET else bool(body.read)
    return read, None if body.archived is UNSET else bool(body.archived)


def notification_page(page: Page) -> NotificationPage:
    """A page of an inbox."""
    items = [notification(row) for row in page.rows]
    return NotificationPage(items=items, next_cursor=page.next_cursor)


def notification(row: Row) -> Notification:
    """One line of an inbox."""
    actor_id = row["actor_id"]
    actor = NotificationActor(member_id=actor_id, name=row["actor_name"]) if actor_id else None
    return present(
        Notification,
        row,
        sentence=said(row),
        subject=NotificationSubject(id=row["subject_id"], kind=row["subject_kind"]),
        journey=_journey(row),
        path=" > ".join(places(row)),
        actor=actor,
        note=row["note"] if row["closed_as"] else None,
    )


def _journey(row: Row) -> NotificationJourney | None:
    if row["journey_id"] is None:
        return None
    return NotificationJourney(id=row["journey_id"], title=row["journey_title"])


def said(row: Row) -> str:
    """The sentence of a line."""
    return notice(
        Notice(
            reason=row["reason"],
            verb=row["verb"],
            what=places(row)[-1],
            has_actor=row["actor_id"] is not None,
            actor_name=row["actor_name"],
            happened=row["happened"],
            closed_as=row["closed_as"],
        )
    )


def notification_count(found: Mapping[NotificationReason, int]) -> NotificationCount:
    """The counts, reason by reason."""
    reasons = [UnreadCount(reason=one, unread=found.get(one, 0)) for one in NotificationReason]
    return NotificationCount(unread=sum(found.values()), reasons=reasons)
