"""Attached files on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from api.forms import Form
from api.middleware.strict_request import decode
from api.schemas.base import Body, Count, Instant, Line, Reply, Version, present
from domain.actor import Actor
from domain.database import Row
from domain.queries.findings.hanging import may_with
from domain.queries.page import Page
from domain.words import SubjectKind

Pixels = Annotated[int, Meta(ge=1, le=100_000)]


class AttachmentNew(Body):
    """What comes with a file: what it is attached to, and what it shows, for who cannot see it."""

    subject_id: UUID
    description: Line = ""


class Attachment(Reply):
    """A photo, voice note or document that is attached to something.

    Whoever sees that sees it, and nobody else. `size` is in bytes, `sha256` in hex of what
    `getAttachmentContent` sends; `width` and `height` are in pixels, null for what is no picture.
    """

    id: UUID
    journey_id: UUID | None
    subject_id: UUID
    subject_kind: SubjectKind
    touchpoint_id: UUID | None
    version: Version
    name: str
    description: str
    media_type: str
    size: Count
    sha256: str
    width: Pixels | None
    height: Pixels | None
    author_id: UUID
    created_at: Instant
    may: list[str]


class AttachmentPage(Reply):
    """What is attached to something, newest first."""

    items: list[Attachment]
    next_cursor: str | None


def new_attachment(form: Form) -> AttachmentNew:
    """The texts of a form, judged as a body would be."""
    told: AttachmentNew = decode(msgspec.json.encode(form.texts), AttachmentNew)
    return told


def attachment(row: Row, actor: Actor) -> Attachment:
    """One file as this reader sees it."""
    return present(Attachment, row, may=may_with(row, actor))


def attachment_page(page: Page, actor: Actor) -> AttachmentPage:
    """A page of files as this reader sees them."""
    items = [attachment(row, actor) for row in page.rows]
    return AttachmentPage(items=items, next_cursor=page.next_cursor)
