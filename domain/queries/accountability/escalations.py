"""Escalations as a member sees them, and what has been taken up the chain so far."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    literal,
    or_,
    select,
)

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.duties import EscalationCause
from domain.errors import NotFound
from domain.models.accountability.escalations import Deadline, Escalation
from domain.models.maps.journeys import Journey
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ME, MY_GROUP, ORGANIZATION, journey_visible, reader
from domain.queries.voices.visibility import annotation_visible
from domain.roles import Group

_SUBJECT_ID = bindparam("subject_id", type_=Uuid())
_TAKEN = hot(
    select(Escalation.id, Escalation.cause, Escalation.about_id, Escalation.to_id)
    .where(Escalation.organization_id == ORGANIZATION, Escalation.subject_id == _SUBJECT_ID)
    .order_by(Escalation.id)
)
_BEGAN = hot(
    select(Deadline.id)
    .where(
        Deadline.organization_id == ORGANIZATION,
        Deadline.subject_id == _SUBJECT_ID,
        Deadline.cause == bindparam("cause", type_=Text()),
        Deadline.step == 1,
    )
    .order_by(Deadline.id.desc())
    .limit(1)
)


async def steps_of(tx: Transaction, subject_id: UUID) -> Sequence[Row]:
    """Every step that was taken about a subject, in their order."""
    return await tx.rows(_TAKEN, organization_id=tx.organization_id, subject_id=subject_id)


async def told_by_clock(tx: Transaction, subject_id: UUID, cause: EscalationCause) -> set[UUID]:
    """Whom the clock has reached about a subject since it began to wait for it last."""
    given = {"organization_id": tx.organization_id, "subject_id": subject_id}
    began = await tx.value(_BEGAN, cause=cause.value, **given)
    taken = await tx.rows(_TAKEN, **given)
    return {
        row["to_id"]
        for row in taken
        if row["cause"] == cause and (began is None or row["id"] > began)
    }


ITS_ANNOTATION = (Annotation.organization_id == Escalation.organization_id) & (
    Annotation.id == Escalation.subject_id
)


def escalation_told() -> ColumnElement[bool]:
    """Whether the reader may know what went up, in a journey they see.

    What is about an annotation is for those who see the annotation. That somebody did not answer
    an input request is for them, for whom it reached, for the owner and for executives. The journey
    is joined, and the annotation (outer).
    """
    between = or_(
        Escalation.to_id == ME,
        Escalation.about_id == ME,
        Journey.owner_id == ME,
        MY_GROUP == literal(Group.EXECUTIVE.value),
    )
    return or_(
        and_(Annotation.id.is_not(None), annotation_visible()),
        and_(
            Annotation.id.is_(None),
            or_(Escalation.cause != EscalationCause.NO_INPUT.value, between),
        ),
    )


def visible_escalations() -> Select[Any]:
    """The one way to select escalations."""
    return (
        select(*Escalation.__table__.c, Subject.kind.label("subject_kind"))
        .join(
            Journey,
            (Journey.organization_id == Escalation.organization_id)
            & (Journey.id == Escalation.journey_id),
        )
        .join(
            Subject,
            (Subject.organization_id == Escalation.organization_id)
            & (Subject.id == Escalation.subject_id),
        )
        .outerjoin(Annotation, ITS_ANNOTATION)
        .where(Escalation.organization_id == ORGANIZATION, journey_visible(), escalation_told())
    )


FILTERS: Mapping[str, Any] = {
    "journey": Escalation.journey_id == bindparam("journey", type_=Uuid()),
    "subject": Escalation.subject_id == bindparam("subject", type_=Uuid()),
    "cause": Escalation.cause == bindparam("cause", type_=ARRAY(Text())).any_(),
    "to": Escalation.to_id == ME,
}
_ONE = hot(visible_escalations().where(Escalation.id == bindparam("id", type_=Uuid())))


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    statement = visible_escalations().where(*(FILTERS[name] for name in sorted(filters)))
    if paged:
        statement = statement.where(Escalation.id < bindparam("before", type_=Uuid()))
    return hot(statement.order_by(Escalation.id.desc()).limit(bindparam("limit")))


async def list_escalations(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of escalations, newest first."""
    given = {name: value for name, value in filters.items() if value is not None}
    bound = binding("escalations", given)
    before = decode_id(bound, page.cursor)
    after = {} if before is None else {"before": before}
    statement = _list(frozenset(given), before is not None)
    given.pop("to", None)
    rows = await tx.rows(statement, **reader(actor), **given, **after, limit=page.limit + 1)
    return cut_by_id(rows, page.limit, bound)


async def escalation(tx: Transaction, actor: Actor, escalation_id: UUID) -> Row:
    """One escalation; NotFound when the actor may not know of it."""
    row = await tx.row(_ONE, id=escalation_id, **reader(actor))
    if row is None:
        raise NotFound
    return row
