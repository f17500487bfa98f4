"""Attached files as a member sees them."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, bindparam, func, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.findings.evidence import Attachment
from domain.queries.findings.hanging import visible_hanging
from domain.queries.listing import newest
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ORGANIZATION, reader

_SUBJECT = Attachment.subject_id == bindparam("subject", type_=Uuid())
_ID = Attachment.id == bindparam("id", type_=Uuid())
# What was erased with who attached it has no key any more.
_ATTACHMENTS = visible_hanging(Attachment).where(Attachment.storage_key != "")
_ONE = hot(_ATTACHMENTS.where(_ID))
_OF = hot(_ATTACHMENTS.where(_ID, _SUBJECT))
_COUNT = hot(
    select(func.count()).where(
        Attachment.organization_id == ORGANIZATION, _SUBJECT, Attachment.removed_at.is_(None)
    )
)


_FILTERS: Mapping[str, ColumnElement[bool]] = {
    "subject": _SUBJECT,
    "journey": Attachment.journey_id == bindparam("journey", type_=Uuid()),
}


@cache
def list_statement(filters: frozenset[str], paged: bool) -> Hot:
    """The statement behind a list with these filters, from its beginning or further on."""
    found = _ATTACHMENTS.where(*(_FILTERS[name] for name in sorted(filters)))
    if paged:
        found = found.where(Attachment.id < bindparam("before", type_=Uuid()))
    return hot(found.order_by(Attachment.id.desc()).limit(bindparam("limit")))


async def list_attachments(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of attached files, newest first."""
    return await newest(tx, actor, "attachments", list_statement, filters, page)


async def attachment(tx: Transaction, actor: Actor, attachment_id: UUID) -> Row:
    """One file; NotFound when the actor may not see what it is attached to."""
    row = await tx.row(_ONE, id=attachment_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def attached_to(tx: Transaction, actor: Actor, subject_id: UUID, attachment_id: UUID) -> bool:
    """Whether a file is attached to something, as the actor sees it."""
    given = {"id": attachment_id, "subject": subject_id}
    return await tx.row(_OF, **given, **reader(actor)) is not None


async def count(tx: Transaction, actor: Actor, subject_id: UUID) -> int:
    """How many files are attached to something."""
    given = {"organization_id": actor.organization_id, "subject": subject_id}
    return int(await tx.value(_COUNT, **given))
