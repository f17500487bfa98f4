"""Evidence as a member sees it."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Text, Uuid, bindparam

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.findings.evidence import Evidence
from domain.queries.findings.counts import attachment_count
from domain.queries.findings.hanging import visible_hanging
from domain.queries.listing import newest
from domain.queries.page import Page, PageRequest
from domain.queries.readers import reader

_EVIDENCE = visible_hanging(
    Evidence, attachment_count(Evidence.id, Evidence).label("attachment_count")
)
_ONE = hot(_EVIDENCE.where(Evidence.id == bindparam("id", type_=Uuid())))
_REMOVED = hot(
    visible_hanging(Evidence, removed=True).where(Evidence.id == bindparam("id", type_=Uuid()))
)
_FILTERS: Mapping[str, ColumnElement[bool]] = {
    "subject": Evidence.subject_id == bindparam("subject", type_=Uuid()),
    "journey": Evidence.journey_id == bindparam("journey", type_=Uuid()),
    "kind": Evidence.kind == bindparam("kind", type_=ARRAY(Text())).any_(),
    "grade": Evidence.grade == bindparam("grade", type_=ARRAY(Text())).any_(),
}


@cache
def list_statement(filters: frozenset[str], paged: bool) -> Hot:
    """The statement behind a list with these filters, from its beginning or further on."""
    found = _EVIDENCE.where(*(_FILTERS[name] for name in sorted(filters)))
    if paged:
        found = found.where(Evidence.id < bindparam("before", type_=Uuid()))
    return hot(found.order_by(Evidence.id.desc()).limit(bindparam("limit")))


async def list_evidence(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of evidence, newest first."""
    return await newest(tx, actor, "evidence", list_statement, filters, page)


async def evidence(tx: Transaction, actor: Actor, evidence_id: UUID) -> Row:
    """One piece of evidence; NotFound when the actor may not see it, or what it is about."""
    row = await tx.row(_ONE, id=evidence_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def removed_evidence(tx: Transaction, actor: Actor, evidence_id: UUID) -> Row:
    """One that was removed; NotFound when it was not, or the actor may not see what it is about."""
    row = await tx.row(_REMOVED, id=evidence_id, **reader(actor))
    if row is None:
        raise NotFound
    return row
