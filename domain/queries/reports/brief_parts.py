"""The parts of a department's brief, each counted in one look at one table."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, DateTime, Select, and_, bindparam, func, or_, select
from sqlalchemy import literal_column as literal
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.duties import (
    InputAskStatus,
    InputRequestStatus,
    PlaybookResult,
    ResponsibilityRole,
    ResponsibilityStatus,
)
from domain.models.accountability.escalations import Escalation
from domain.models.accountability.playbooks import PlaybookUse
from domain.models.accountability.responsibilities import Responsibility
from domain.models.accountability.stakeholder_values import StakeholderValue
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.voices.annotations import Annotation
from domain.queries.accountability.answering import LIVE
from domain.queries.participation.spoken import ITS_REQUEST, SILENT, spoken, status_with
from domain.queries.readers import ORGANIZATION, journey_visible
from domain.queries.reports.department_touchpoints import answered_for, in_department
from domain.queries.reports.work_parts import THREAD_DUE, THREAD_OPEN, word
from domain.queries.told import EMPTY, fields, text
from domain.queries.voices.visibility import annotation_visible
from domain.words import JourneyStatus, MomentStatus

_NOW = bindparam("now", type_=DateTime(timezone=True))
MOST_VALUES: ColumnElement[Any] = literal("100")
"""How many stakeholder values a brief carries."""


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


def _many(*which: Any) -> ColumnElement[Any]:
    """How many rows there are, of those that are meant."""
    return func.count().filter(*which) if which else func.count()


def counted(rows: CTE) -> ColumnElement[Any]:
    """How many touchpoints, journeys and moments that is."""
    its = rows.c
    decisive = its.moment_status.is_not(None)
    told = fields(
        touchpoints=_many(),
        journeys=func.count(its.journey_id.distinct()),
        confirmed=_many(its.moment_status == word(MomentStatus.CONFIRMED)),
        nominated=_many(its.moment_status == word(MomentStatus.NOMINATED)),
        without_accountable=_many(decisive, its.accountable.is_(None)),
        not_accepted=_many(its.accountable == word(ResponsibilityStatus.ASSIGNED)),
    )
    return select(text(told)).scalar_subquery()


def members() -> Select[Any]:
    """The members of the department."""
    return select(Member.id).where(
        Member.organization_id == ORGANIZATION, in_department(Member.department_id)
    )


def _in_visible(model: Any) -> Any:
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
        **{one.value: _many(status == word(one)) for one in ResponsibilityStatus},
        overdue=_many(late),
    )
    return (
        select(text(told))
        .select_from(Responsibility)
        .join(Journey, _in_visible(Responsibility))
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
        **{one.value: _many(status == word(one)) for one in InputAskStatus},
        overdue=_many(status == word(InputAskStatus.ASKED), InputRequest.due_at < _NOW),
    )
    return (
        select(text(told))
        .select_from(InputAsk)
        .join(InputRequest, ITS_REQUEST)
        .join(Journey, _in_visible(InputAsk))
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
    told = fields(open=_many(), overdue=_many(THREAD_DUE < _NOW))
    return (
        select(text(told))
        .select_from(Annotation)
        .join(Journey, _in_visible(Annotation))
        .where(
            Annotation.organization_id == ORGANIZATION,
            Annotation.touchpoint_id.in_(select(rows.c.id)),
            THREAD_OPEN,
            annotation_visible(),
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
    )
    statement = select(func.count(Escalation.subject_id.distinct())).select_from(Escalation)
    for subject in (Annotation, Responsibility, InputAsk):
        statement = statement.outerjoin(
            subject,
            and_(subject.organization_id == ORGANIZATION, subject.id == Escalation.subject_id),
        )
    return (
        statement.join(Journey, _in_visible(Escalation))
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


def uses(rows: CTE) -> ColumnElement[Any]:
    """Uses of playbooks at the department's touchpoints, per currency."""
    use: Any = PlaybookUse
    told = fields(
        currency=use.currency,
        uses=_many(),
        amount=func.sum(PlaybookUse.amount),
        **{one.value: _many(PlaybookUse.result == word(one)) for one in PlaybookResult},
    )
    per_currency = (
        select(told.label("told"), PlaybookUse.currency)
        .where(
            PlaybookUse.organization_id == ORGANIZATION,
            PlaybookUse.touchpoint_id.in_(select(rows.c.id)),
        )
        .group_by(PlaybookUse.currency)
        .subquery("per_currency")
    )
    its = per_currency.c
    listed = func.json_agg(aggregate_order_by(its.told, its.currency))
    return select(text(func.coalesce(listed, EMPTY))).scalar_subquery()


def values() -> ColumnElement[Any]:
    """What it brings to customers."""
    value: Any = StakeholderValue
    said = (
        select(
            value.id, value.journey_id, value.touchpoint_id, value.group, value.department_id,
            value.value,
        )
        .join(Journey, _in_visible(value))
        .where(
            value.organization_id == ORGANIZATION,
            value.removed_at.is_(None),
            in_department(value.department_id),
        )
        .order_by(value.id)
        .limit(MOST_VALUES)
        .subquery("said")
    )  # fmt: skip
    listed = func.json_agg(func.row_to_json(said.table_valued()))
    return select(text(func.coalesce(listed, EMPTY))).scalar_subquery()
