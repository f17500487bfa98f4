"""What an annotation said before, on the wire."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from api.schemas.base import Instant, Reply, Version
from domain.actor import Actor
from domain.database import Row
from domain.queries.page import Page
from domain.queries.voices.revisions import content_for, words_then
from domain.words import AnnotationKind, Visibility

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class AnnotationRevision(Reply):
    """One version of an annotation and what made it, such as `annotation.edited`.

    `body` is null where the words are not for you: they were withdrawn, or you were not among those
    who could see them then. Everything that was said is null once its author was erased.
    """

    version: Version
    verb: str
    at: Instant
    actor_id: UUID | None
    kind: AnnotationKind | None
    visibility: Visibility | None
    body: str | None


class AnnotationRevisionPage(Reply):
    """The versions of an annotation, oldest first."""

    items: list[AnnotationRevision]
    next_cursor: str | None


def revision_page(now: Row, page: Page, actor: Actor) -> AnnotationRevisionPage:
    """The versions as this reader may see them."""
    items = [_revision(row, content_for(row, now, actor)) for row in page.rows]
    return AnnotationRevisionPage(items=items, next_cursor=page.next_cursor)


class ReplyRevision(Reply):
    """One version of a reply and what made it, such as `reply.edited`.

    `body` is null where the words are not for you, or were not then, and once its author was
    erased.
    """

    version: Version
    verb: str
    at: Instant
    actor_id: UUID | None
    body: str | None


class ReplyRevisionPage(Reply):
    """The versions of a reply, oldest first."""

    items: list[ReplyRevision]
    next_cursor: str | None


def reply_revision_page(now: Row, page: Page, actor: Actor) -> ReplyRevisionPage:
    """The versions of a reply as this reader may see them."""
    items = [
        ReplyRevision(
            version=row["version"],
            verb=row["verb"],
            at=_at(row),
            actor_id=row["actor_id"],
            body=words_then(row, now, actor),
        )
        for row in page.rows
    ]
    return ReplyRevisionPage(items=items, next_cursor=page.next_cursor)


def _at(row: Row) -> datetime:
    return _EPOCH + timedelta(microseconds=row["at"])


def _revision(row: Row, told: dict[str, Any]) -> AnnotationRevision:
    kind, visibility = told.get("kind"), told.get("visibility")
    return AnnotationRevision(
        version=row["version"],
        verb=row["verb"],
        at=_at(row),
        actor_id=row["actor_id"],
        kind=kind and AnnotationKind(kind),
        visibility=visibility and Visibility(visibility),
        body=told.get("body"),
    )
