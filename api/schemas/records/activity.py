"""What happened lately, on the wire."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from api.schemas.base import Instant, Reply, Revision, Version
from api.schemas.records.events import Verb
from domain.actor import Actor
from domain.database import Row
from domain.queries.page import Page
from domain.queries.reports.telling import content_told, fields_changed, subject_named, telling
from domain.rules.sentences import sentence
from domain.words import SubjectKind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ActivityActor(Reply):
    """Who did it: `member`, by id and name; `system`; or `hidden`, a member who is not named.

    `name` is null for those, and of somebody who was erased.
    """

    kind: str
    member_id: UUID | None
    name: str | None


class ActivityTouchpoint(Reply):
    """The touchpoint it is about."""

    id: UUID
    name: str


class ActivityJourney(Reply):
    """The journey it happened in."""

    id: UUID
    title: str


class ActivityItem(Reply):
    """Something that happened, as a sentence and as data.

    `revision` is that of the journey; without a journey it happened to the organization, and it is
    that of the organization. `version` is that of the subject, and `fields_changed` says in what it
    differs from the one before, as far as both are still there.
    """

    revision: Revision
    at: Instant
    journey: ActivityJourney | None
    actor: ActivityActor
    verb: Verb
    subject_kind: SubjectKind
    subject_id: UUID
    version: Version
    touchpoint: ActivityTouchpoint | None
    sentence: str
    fields_changed: list[str]


class ActivityPage(Reply):
    """What happened, newest first."""

    items: list[ActivityItem]
    next_cursor: str | None


def activity_page(page: Page, actor: Actor) -> ActivityPage:
    """A page of activity as this reader may know it."""
    items = [_item(row, actor) for row in page.rows]
    return ActivityPage(items=items, next_cursor=page.next_cursor)


def _item(row: Row, actor: Actor) -> ActivityItem:
    told, changed = content_told(row, actor), fields_changed(row)
    return ActivityItem(
        revision=row["revision"],
        at=_EPOCH + timedelta(microseconds=row["at"]),
        journey=_journey(row),
        actor=ActivityActor(
            kind=row["actor_kind"], member_id=row["actor_id"], name=row["who"] or None
        ),
        verb=row["verb"],
        subject_kind=SubjectKind(row["subject_kind"]),
        subject_id=row["subject_id"],
        version=row["version"],
        touchpoint=_touchpoint(row),
        sentence=sentence(telling(row, told, changed, subject_named(row, told))),
        fields_changed=changed,
    )


def _journey(row: Row) -> ActivityJourney | None:
    if row["journey_id"] is None:
        return None
    return ActivityJourney(id=row["journey_id"], title=row["journey_title"])


def _touchpoint(row: Row) -> ActivityTouchpoint | None:
    if row["touchpoint_id"] is None:
        return None
    return ActivityTouchpoint(id=row["touchpoint_id"], name=row["touchpoint_name"])
