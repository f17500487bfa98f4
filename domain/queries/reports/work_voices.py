"""Work from being asked and being told: input to give, threads of mine, what went up to me."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, tuple_
from sqlalchemy.orm import aliased

from domain.duties import (
    InputRequestStatus,
    ResponsibilityStatus,
    WorkKind,
)
from domain.models.accountability.escalations import Escalation
from domain.models.accountability.responsibilities import Responsibility
from domain.models.identity.departments import Department
from domain.models.maps.journeys import Journey
from domain.models.moments.moments import Moment
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.voices.annotations import Annotation
from domain.queries.participation.spoken import ITS_REQUEST, SILENT, spoken
from domain.queries.readers import ME, ORGANIZATION
from domain.queries.reports.work_parts import (
    LIVING,
    THREAD_DUE,
    THREAD_OPEN,
    Asked,
    asked,
    word,
)
from domain.queries.voices.visibility import annotation_visible
from domain.words import SubjectKind


def _is_silent(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Neither answered nor spoken since; `which` asks are looked at, to look no further."""
    unanswered = InputAsk.status.in_([word(status) for status in SILENT])
    voices = spoken(*which, unanswered)
    return and_(*which, unanswered, InputAsk.id.not_in(select(voices.c.ask_id)))


def answer_input() -> Select[Any]:
    """Requests that the reader has not answered; a late answer is welcome, so they stay."""
    what = Asked(
        kind=WorkKind.ANSWER_INPUT,
        subject=(SubjectKind.INPUT_REQUEST, InputRequest.id),
        journey=InputAsk.journey_id,
        place=InputRequest.subject_id,
        touchpoint=InputAsk.touchpoint_id,
        since=InputAsk.created_at,
        asked_by=InputRequest.created_by,
        due_at=InputRequest.due_at,
        watched=InputAsk.id,
        detail=InputRequest.status,
        number=func.cardinality(InputRequest.questions),
    )
    return (
        asked(what)
        .join(InputRequest, ITS_REQUEST)
        .where(
            InputAsk.organization_id == ORGANIZATION,
            InputRequest.status != word(InputRequestStatus.CANCELLED),
            _is_silent(InputAsk.member_id == ME),
        )
    )


def _its_journey(model: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (Journey.organization_id == ORGANIZATION) & (
        Journey.id == model.journey_id
    )
    return found


def thread() -> Select[Any]:
    """Open threads that were given to the reader."""
    what = Asked(
        kind=WorkKind.THREAD,
        subject=(SubjectKind.ANNOTATION, Annotation.id),
        journey=Annotation.journey_id,
        place=Annotation.subject_id,
        touchpoint=Annotation.touchpoint_id,
        since=Annotation.created_at,
        asked_by=Annotation.author_id,
        due_at=THREAD_DUE,
        detail=Annotation.kind,
    )
    return (
        asked(what)
        .join(Journey, _its_journey(Annotation))
        .where(
            Annotation.organization_id == ORGANIZATION,
            Annotation.assignee_id == ME,
            THREAD_OPEN,
            annotation_visible(),
        )
    )


def reached_me(kind: SubjectKind, subject: Any, **more: Any) -> Select[Any]:
    """The last step about something that reached the reader."""
    later = aliased(Escalation)
    superseded = exists().where(
        later.organization_id == ORGANIZATION,
        later.subject_id == Escalation.subject_id,
        later.to_id == ME,
        tuple_(later.created_at, later.id) > tuple_(Escalation.created_at, Escalation.id),
    )
    what = Asked(
        kind=WorkKind.ESCALATION,
        subject=(kind, subject.id),
        journey=Escalation.journey_id,
        touchpoint=Escalation.touchpoint_id,
        since=Escalation.created_at,
        asked_by=Escalation.raised_by,
        detail=Escalation.cause,
        **more,
    )
    return (
        asked(what)
        .select_from(Escalation)
        .join(
            subject,
            (subject.organization_id == ORGANIZATION) & (subject.id == Escalation.subject_id),
        )
        .where(Escalation.organization_id == ORGANIZATION, Escalation.to_id == ME, ~superseded)
    )


def escalated_thread() -> Select[Any]:
    """Threads that went up to the reader and are still open."""
    at = reached_me(
        SubjectKind.ANNOTATION, Annotation, place=Annotation.subject_id, due_at=THREAD_DUE
    )
    return at.join(Journey, _its_journey(Annotation)).where(THREAD_OPEN, annotation_visible())


def escalated_responsibility() -> Select[Any]:
    """Responsibilities that went up to the reader and that nobody has answered yet."""
    head = (
        select(Department.head_member_id)
        .where(
            Department.organization_id == ORGANIZATION,
            Department.id == Responsibility.department_id,
        )
        .correlate(Responsibility)
        .scalar_subquery()
    )
    up = reached_me(
        SubjectKind.RESPONSIBILITY,
        Responsibility,
        place=Responsibility.moment_id,
        moment=Responsibility.moment_id,
        due_at=Responsibility.answer_by,
        holder=func.coalesce(Responsibility.member_id, head),
    )
    return up.join(
        Moment,
        (Moment.organization_id == ORGANIZATION) & (Moment.id == Responsibility.moment_id) & LIVING,
    ).where(Responsibility.status == word(ResponsibilityStatus.ASSIGNED))


def escalated_ask() -> Select[Any]:
    """Silence that went up to the reader and lasts."""
    up = reached_me(
        SubjectKind.INPUT_ASK,
        InputAsk,
        place=InputRequest.subject_id,
        due_at=InputRequest.due_at,
        holder=InputAsk.member_id,
    )
    reached = aliased(Escalation)
    mine = select(reached.subject_id).where(
        reached.organization_id == ORGANIZATION, reached.to_id == ME
    )
    return up.join(InputRequest, ITS_REQUEST).where(_is_silent(InputAsk.id.in_(mine)))
