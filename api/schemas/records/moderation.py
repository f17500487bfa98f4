"""The moderation log on the wire."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from api.schemas.base import Instant, Reply, Revision
from domain.database import Row
from domain.queries.page import Page
from domain.rules.moderation import judgment
from domain.words import SubjectKind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ModerationEntry(Reply):
    """What a moderator did to an annotation or a reply, or was asked to by a flag.

    `old_status` and `new_status` are those of the annotation or reply. For a flag they are its own:
    `open`, then its outcome; `reason` and `note` say why it was raised. Once an erasure has emptied
    what an entry names, they are null and empty.
    """

    revision: Revision
    at: Instant
    actor_id: UUID | None
    verb: str
    target_id: UUID
    target_kind: SubjectKind
    old_status: str | None
    new_status: str | None
    reason: str
    note: str


class ModerationLog(Reply):
    """What happened, newest first."""

    items: list[ModerationEntry]
    next_cursor: str | None


def moderation_log(page: Page) -> ModerationLog:
    """A page of the log."""
    return ModerationLog(items=[_entry(row) for row in page.rows], next_cursor=page.next_cursor)


def _entry(row: Row) -> ModerationEntry:
    judged = judgment(row["verb"], row["content"], row["content_before"])
    return ModerationEntry(
        revision=row["revision"],
        at=_EPOCH + timedelta(microseconds=row["at"]),
        actor_id=row["actor_id"],
        verb=row["verb"],
        target_id=row["target_id"],
        target_kind=SubjectKind(row["target_kind"]),
        old_status=judged.before,
        new_status=judged.after,
        reason=judged.reason,
        note=judged.note,
    )
