"""The parts of a department's brief, each counted in one look at one table."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, DateTime, Select, and_, bindparam, func, or_, select

from domain.duties import (
    InputAskStatus,
    InputRequestStatus,
    ResponsibilityRole,
    ResponsibilityStatus,
)
from domain.models.accountability.escalations import Escalation
from domain.models.accountability.responsibilities import Responsibility
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.models.outcomes.actions import Action
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.voices.annotations import Annotation
from domain.queries.accountability.answering import LIVE
from domain.queries.outcomes.due import ACTION_LATE, ACTION_LIVE, ACTION_OWED
from domain.queries.participation.spoken import ITS_REQUEST, SILENT, spoken, status_with
from domain.queries.readers import ORGANIZATION, journey_visible
from domain.queries.reports.department_touchpoints import answered_for, in_department
from domain.queries.reports.work_parts import THREAD_DUE, THREAD_OPEN, word
from domain.queries.told import fields, text
from domain.queries.voices.visibility import annotation_visible
from domain.words import JourneyStatus, MomentStatus

_NOW = bindparam("now", type_=DateTime(timezone=True))


def touchpoints() -> CTE:
    """What the department answers for, with the moment and whoever is accountable."""
    accountable = and_(
        Responsibility.organization_id == ORGANIZATION,
        Responsibility.moment_id == Moment.id,
        Responsibility.role == word(ResponsibilityRole.ACCOUNTABLE),
        LIVE,
    )
    return (
        answered_for(
            Touchpoint.id,
            Touchpoint.journey_id,
            Moment.status.label("moment_status"),
            Responsibility.status.label("accountable"),
        )
        .outerjoin(
            Moment,
            and_(
                Moment.organization_id == ORGANIZATION,
                Moment.touchpoint_id == Touchpoint.id,
                Moment.status != word(MomentStatus.RETIRED),
            ),
        )
        .outerjoin(Responsibility, accountable)
        .cte("answered_for")
    )


def many(*which: Any) -> ColumnElement[Any]:
    """How many rows there are, of those that are meant."""
    return func.count().filter(*which) if which else func.count()


def counted(rows: CTE) -> ColumnElement[Any]:
    """How many touchpoints, journeys and moments that is."""
    its = rows.c
    decisive = its.moment_status.is_not(None)
    told = fields(
        touchpoints=many(),
        journeys=func.count(its.journey_id.distinct()),
        confirmed=many(its.moment_status == word(MomentStatus.CONFIRMED)),
        nominated=many(its.moment_status == word(MomentStatus.NOMINATED)),
        without_accountable=many(decisive, its.accountable.is_(None)),
        not_accepted=many(its.accountable == word(ResponsibilityStatus.ASSIGNED)),
    )
    return select(text(told)).scalar_subquery()


def members() -> Select[Any]:
    """The members of the department."""
    return select(Member.id).where(
        Member.organization_id == ORGANIZATION, in_department(Member.department_id)
    )


def in_visible(model: Any) -> Any:
    """The rows of a table in journeys the reader sees and nobody put away."""
    return and_(
        Journey.organization_id == model.organization_id,
        Journey.id == model.journey_id,
        Journey.status != word(JourneyStatus.ARCHIVED),
        journey_visible(),
    )


def responsibilities() -> ColumnElement[Any]:
    """Responsibilities of the department and of its members, by status."""
    status = Responsibility.status
    late = and_(status == word(ResponsibilityStatus.ASSIGNED), Responsibility.answer_by < _NOW)
    told = fields(
        **{one.value: many(status == word(one)) for one in ResponsibilityStatus},
        overdue=many(late),
    )
    return (
        select(text(told))
        .select_from(Responsibility)
        .join(Journey, in_visible(Responsibility))
        .where(
            Responsibility.organization_id == ORGANIZATION,
            or_(
                in_department(Responsibility.department_id),
                Responsibility.member_id.in_(members()),
            ),
        )
        .scalar_subquery()
    )


def asked_input() -> ColumnElement[Any]:
    """What became of asking its members; a voice where they were asked counts as an answer."""
    ours = in_department(InputAsk.member_department_id)
    voices = spoken(ours, InputAsk.status.in_([word(status) for status in SILENT]))
    status = status_with(voices)
    told = fields(
        **{one.value: many(status == word(one)) for one in InputAskStatus},
        overdue=many(status == word(InputAskStatus.ASKED), InputRequest.due_at < _NOW),
    )
    return (
        select(text(told))
        .select_from(InputAsk)
        .join(InputRequest, ITS_REQUEST)
        .join(Journey, in_visible(InputAsk))
        .outerjoin(voices, voices.c.ask_id == InputAsk.id)
        .where(
            InputAsk.organization_id == ORGANIZATION,
            InputRequest.status != word(InputRequestStatus.CANCELLED),
            ours,
        )
        .scalar_subquery()
    )


def threads(rows: CTE) -> ColumnElement[Any]:
    """Open threads at its touchpoints, as far as the reader sees them."""
    told = fields(open=many(), overdue=many(THREAD_DUE < _NOW))
    return (
        select(text(told))
        .select_from(Annotation)
        .join(Journey, in_visible(Annotation))
        .where(
            Annotation.organization_id == ORGANIZATION,
            Annotation.touchpoint_id.in_(select(rows.c.id)),
            THREAD_OPEN,
            annotation_visible(),
        )
        .scalar_subquery()
    )


def actions() -> ColumnElement[Any]:
    """Actions of the department, else of its members, that are not done with."""
    told = fields(open=many(), overdue=many(ACTION_LATE))
    ours = or_(
        in_department(Action.department_id),
        and_(Action.department_id.is_(None), Action.owner_id.in_(members())),
    )
    return (
        select(text(told))
        .select_from(Action)
        .join(Journey, in_visible(Action))
        .where(
            Action.organization_id == ORGANIZATION,
            Action.removed_at.is_(None),
            ACTION_LIVE,
            ours,
        )
        .scalar_subquery()
    )


_STILL_SILENT = InputAsk.status == word(InputAskStatus.NO_ANSWER)
_WENT_UP = InputAsk.id.in_(
    select(Escalation.subject_id).where(Escalation.organization_id == ORGANIZATION)
)


def escalations(rows: CTE) -> ColumnElement[Any]:
    """Things that went up and are unsettled, about the department's touchpoints or members.

    A late voice where somebody was asked settles it, though nobody has recorded it.
    """
    at = Escalation.organization_id == ORGANIZATION
    unsettled = or_(
        and_(Annotation.id.is_not(None), THREAD_OPEN, annotation_visible()),
        Responsibility.status == word(ResponsibilityStatus.ASSIGNED),
        and_(_STILL_SILENT, InputAsk.id.not_in(select(spoken(_STILL_SILENT, _WENT_UP).c.ask_id))),
        and_(Action.removed_at.is_(None), ACTION_OWED),
    )
    statement = select(func.count(Escalation.subject_id.distinct())).select_from(Escalation)
    for subject in (Annotation, Responsibility, InputAsk, Action):
        statement = statement.outerjoin(
            subject,
            and_(subject.organization_id == ORGANIZATION, subject.id == Escalation.subject_id),
        )
    return (
        statement.join(Journey, in_visible(Escalation))
        .where(
            at,
            unsettled,
            or_(
                Escalation.touchpoint_id.in_(select(rows.c.id)),
                Escalation.about_id.in_(members()),
            ),
        )
        .scalar_subquery()
    )
