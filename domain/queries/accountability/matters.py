"""What a deadline of the chain is about, as it stands when the clock looks."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Uuid,
    bindparam,
    exists,
    literal,
    null,
    or_,
    select,
)

from domain.database import Hot, Row, Transaction, hot
from domain.duties import EscalationCause, InputAskStatus, ResponsibilityStatus
from domain.models.accountability.responsibilities import Responsibility
from domain.models.maps.journeys import Journey
from domain.models.outcomes.actions import Action
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.maps.places import SUBJECT_GONE
from domain.queries.outcomes.due import ACTION_OWED
from domain.queries.participation.spoken import spoken
from domain.queries.readers import ORGANIZATION
from domain.queries.voices.visibility import STATUS
from domain.words import AnnotationStatus, JourneyStatus

_ID = bindparam("id", type_=Uuid())
_NOBODY = literal(None, Uuid())
_CLOSED = or_(Journey.locked_at.is_not(None), Journey.status == JourneyStatus.ARCHIVED.value)


def _matter(
    model: Any,
    about: tuple[Any, Any],
    unsettled: ColumnElement[bool],
    subject_id: Any,
    told_to: tuple[Any, Any, Any] = (null(), null(), null()),
) -> Select[Any]:
    """One thing: whom it is about, whether it still is, whether it has to wait, who may know."""
    names = ("member_id", "department_id", "visibility", "author_group", "author_id")
    named = (column.label(name) for name, column in zip(names, about + told_to, strict=True))
    return (
        select(
            model.touchpoint_id,
            *named,
            unsettled.label("unsettled"),
            or_(_CLOSED, SUBJECT_GONE).label("waits"),
            Journey.owner_id,
        )
        .select_from(model)
        .join(
            Journey,
            (Journey.organization_id == model.organization_id) & (Journey.id == model.journey_id),
        )
        .join(
            Subject,
            (Subject.organization_id == model.organization_id) & (Subject.id == subject_id),
        )
        .where(model.organization_id == ORGANIZATION, model.id == _ID)
    )


_RESPONSIBILITY = _matter(
    Responsibility,
    (Responsibility.member_id, Responsibility.department_id),
    Responsibility.status == ResponsibilityStatus.ASSIGNED.value,
    Responsibility.moment_id,
)
_ASKED_ABOUT = (
    select(InputRequest.subject_id)
    .where(
        InputRequest.organization_id == InputAsk.organization_id,
        InputRequest.id == InputAsk.request_id,
    )
    .correlate(InputAsk)
    .scalar_subquery()
)
_ASK = _matter(
    InputAsk,
    (InputAsk.member_id, _NOBODY),
    # A late voice where it was asked counts, though nobody has recorded it.
    (InputAsk.status == InputAskStatus.NO_ANSWER.value)
    & ~exists(select(spoken(InputAsk.id == _ID).c.ask_id)),
    _ASKED_ABOUT,
)
_THREAD = _matter(
    Annotation,
    (Annotation.assignee_id, _NOBODY),
    (STATUS == literal(AnnotationStatus.OPEN.value, Text()))
    & Annotation.assignee_id.is_not(None)
    & Annotation.due_on.is_not(None),
    Annotation.subject_id,
    (Annotation.visibility, Annotation.author_group, Annotation.author_id),
)
# An action goes on when its touchpoint is taken off the map: it waits for its journey alone.
_ACTION = _matter(
    Action,
    (Action.owner_id, Action.department_id),
    ACTION_OWED & Action.due_on.is_not(None) & Action.removed_at.is_(None),
    Action.journey_id,
)
_MATTERS: Mapping[str, Hot] = {
    EscalationCause.NOT_ACCEPTED: hot(_RESPONSIBILITY),
    EscalationCause.NO_INPUT: hot(_ASK),
    EscalationCause.THREAD_OVERDUE: hot(_THREAD),
    EscalationCause.ACTION_OVERDUE: hot(_ACTION),
}


async def matter(tx: Transaction, cause: str, subject_id: UUID) -> Row | None:
    """What a deadline is about, or None.

    `unsettled` while somebody still owes it; `waits` while the journey is locked or archived, or
    what it stands on is removed. A `visibility` says that not everybody may know of it.
    """
    statement = _MATTERS[cause]
    return await tx.row(statement, organization_id=tx.organization_id, id=subject_id)
