"""What happened, on the wire."""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Instant, Reply, Revision, Version
from domain import facts
from domain.database import Row
from domain.queries.page import Page

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Verb = Annotated[
    str,
    Meta(
        description="What happened, such as `stage.added`; new ones may come.",
        extra_json_schema={"x-extensible-enum": sorted(facts.Verb)},
    ),
]


class EventActor(Reply):
    """Who did it: `member`, by id; `system`; or `hidden`, a member the ledger does not name."""

    kind: str
    member_id: UUID | None


class Event(Reply):
    """One entry of the ledger. It names and does not tell: read the subject for its content.

    `touchpoint_id` is where its subject is: read that touchpoint to see what has changed there. A
    rating tells it only where it changed how many have rated. `from_touchpoint_id` is where an
    annotation was taken from: moved elsewhere, or no longer for everyone.
    Where you may not see the subject, the event is its revision, and `from_touchpoint_id` where
    everybody saw it there before; all else is null.
    """

    revision: Revision
    at: Instant | None
    actor: EventActor | None
    verb: Verb | None
    subject_kind: str | None
    subject_id: UUID | None
    version: Version | None
    touchpoint_id: UUID | None
    from_touchpoint_id: UUID | None


class EventPage(Reply):
    """Events, by revision, without a gap."""

    items: list[Event]
    next_cursor: str | None


def event_page(page: Page) -> EventPage:
    """A page of events as this reader sees them."""
    return EventPage(items=[event(row) for row in page.rows], next_cursor=page.next_cursor)


def event(row: Row) -> Event:
    """An event as this reader sees it: `visible` says whether it is more than its number."""
    if not row["visible"]:
        return Event(
            revision=row["revision"], at=None, actor=None, verb=None,
            subject_kind=None, subject_id=None, version=None,
            touchpoint_id=row["touchpoint_id"],
            from_touchpoint_id=row["from_touchpoint_id"],
        )  # fmt: skip
    return Event(
        revision=row["revision"],
        at=_EPOCH + timedelta(microseconds=row["at"]),
        actor=EventActor(kind=row["actor_kind"], member_id=row["actor_id"]),
        verb=row["verb"],
        subject_kind=row["subject_kind"],
        subject_id=row["subject_id"],
        version=row["version"],
        touchpoint_id=row["touchpoint_id"],
        from_touchpoint_id=row["from_touchpoint_id"],
    )
