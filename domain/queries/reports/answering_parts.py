"""What answering for touchpoints is made of, gathered once for all of the journeys looked at."""

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    DateTime,
    Subquery,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from domain.duties import (
    InputRequestStatus,
    PlaybookStatus,
    ResponsibilityRole,
    ResponsibilityStatus,
)
from domain.models.accountability.playbooks import Playbook
from domain.models.accountability.responsibilities import Responsibility
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.models.voices.ratings import Rating
from domain.queries.accountability.answering import LIVE
from domain.queries.accountability.content import Within
from domain.queries.participation.spoken import SILENT, spoken
from domain.queries.readers import ORGANIZATION
from domain.queries.reports.work_parts import THREAD_DUE, THREAD_OPEN, word
from domain.queries.told import fields, instant
from domain.queries.voices.filters import SHOWN
from domain.queries.voices.visibility import annotation_visible
from domain.roles import Group
from domain.words import MemberStatus

NOW = bindparam("now", type_=DateTime(timezone=True))
MOST: ColumnElement[Any] = literal_column("20")
"""How many overdue things of one kind are named at one place; all are counted."""

_NUMBERS = func.num_nonnulls(
    Rating.emotional, Rating.business, Rating.importance, Rating.performance
)
_GONE = exists().where(
    Subject.organization_id == ORGANIZATION,
    Subject.id == Annotation.subject_id,
    Subject.removed_at.is_not(None),
)
_R: Any = Responsibility
_ACCOUNTABLE = _R.role == word(ResponsibilityRole.ACCOUNTABLE)
_ASSIGNED = _R.status == word(ResponsibilityStatus.ASSIGNED)
_ACTIVE = Member.status == word(MemberStatus.ACTIVE)
_LATE = and_(_ASSIGNED, _R.answer_by <= NOW)


def _succeeded() -> ColumnElement[bool]:
    """Whether somebody has been asked, or answers, in the role that was declined."""
    since = aliased(Responsibility)
    return exists().where(
        since.organization_id == ORGANIZATION,
        since.journey_id == _R.journey_id,
        since.moment_id == _R.moment_id,
        since.role == _R.role,
        or_(
            since.created_at > _R.answered_at,
            since.status == word(ResponsibilityStatus.ASSIGNED),
            since.status == word(ResponsibilityStatus.ACCEPTED),
        ),
    )


def answering(within: Within) -> Subquery:
    """Per moment: who answers for it as JSON, and what is wrong with that, counted."""
    declined = and_(_R.status == word(ResponsibilityStatus.DECLINED), ~_succeeded())
    told = fields(
        responsibility_id=_R.id,
        role=_R.role,
        member_id=_R.member_id,
        department_id=_R.department_id,
        status=_R.status,
        since=instant(func.coalesce(_R.answered_at, _R.created_at)),
        answer_by=instant(_R.answer_by),
        active=func.coalesce(_ACTIVE, literal_column("true")),
        overdue=func.coalesce(_LATE, literal_column("false")),
    )
    return (
        select(
            _R.moment_id,
            func.json_agg(aggregate_order_by(told, _R.id)).filter(LIVE).label("answering"),
            func.count().filter(_ACCOUNTABLE, LIVE).label("accountable"),
            func.count().filter(_ACCOUNTABLE, _ASSIGNED).label("pending"),
            func.count().filter(_ACCOUNTABLE, LIVE, ~_ACTIVE).label("inactive"),
            func.count().filter(declined).label("declined"),
            func.count().filter(_LATE).label("late_answers"),
        )
        .outerjoin(Member, and_(Member.organization_id == ORGANIZATION, Member.id == _R.member_id))
        .where(_R.organization_id == ORGANIZATION, within(_R.journey_id))
        .group_by(_R.moment_id)
        .subquery("answering")
    )


def approved_playbooks(within: Within) -> Subquery:
    """Per moment: how many playbooks are approved."""
    return (
        select(Playbook.moment_id, func.count().label("playbooks"))
        .where(
            Playbook.organization_id == ORGANIZATION,
            within(Playbook.journey_id),
            Playbook.status == word(PlaybookStatus.APPROVED),
        )
        .group_by(Playbook.moment_id)
        .subquery("books")
    )


def rated(within: Within) -> Subquery:
    """Per touchpoint: how many of each group have given numbers."""
    raters = [
        func.count().filter(
            Rating.member_group == word(group.value), _NUMBERS > literal_column("0")
        )
        for group in Group
    ]
    return (
        select(Rating.touchpoint_id, *_labelled("rated", raters))
        .where(Rating.organization_id == ORGANIZATION, within(Rating.journey_id))
        .group_by(Rating.touchpoint_id)
        .subquery("rated")
    )


def said(within: Within) -> Subquery:
    """Per touchpoint: how many annotations of each group the reader sees."""
    voices = [func.count().filter(Annotation.author_group == word(group.value)) for group in Group]
    return (
        select(Annotation.touchpoint_id, *_labelled("said", voices))
        .join(Journey, _its_journey(Annotation))
        .where(
            Annotation.organization_id == ORGANIZATION,
            within(Annotation.journey_id),
            Annotation.touchpoint_id.is_not(None),
            annotation_visible(),
            SHOWN,
        )
        .group_by(Annotation.touchpoint_id)
        .subquery("said")
    )


def _its_journey(model: Any) -> ColumnElement[bool]:
    return and_(Journey.organization_id == model.organization_id, Journey.id == model.journey_id)


def _labelled(name: str, counts: list[Any]) -> list[Any]:
    return [one.label(f"{name}_{group.value}") for one, group in zip(counts, Group, strict=True)]


def present() -> Subquery:
    """One row: which groups the organization has active members of."""
    there = [
        exists().where(
            Member.organization_id == ORGANIZATION, Member.group == word(group.value), _ACTIVE
        )
        for group in Group
    ]
    return select(*_labelled("has", there)).subquery("present")


def late_threads(within: Within) -> CTE:
    """Per place: open threads past their date that the reader sees, the oldest as JSON."""
    place = func.coalesce(Annotation.touchpoint_id, Annotation.journey_id)
    order = func.row_number().over(partition_by=place, order_by=(Annotation.due_on, Annotation.id))
    late = (
        select(
            place.label("place_id"), Annotation.id, Annotation.assignee_id,
            THREAD_DUE.label("due_at"), order.label("number"),
        )
        .join(Journey, _its_journey(Annotation))
        .where(
            Annotation.organization_id == ORGANIZATION,
            within(Annotation.journey_id),
            annotation_visible(),
            THREAD_OPEN,
            THREAD_DUE <= NOW,
            ~_GONE,
        )
        .subquery("late_thread")
    )  # fmt: skip
    its = late.c
    told = fields(
        kind=word("thread"), subject_id=its.id, member_id=its.assignee_id,
        department_id=literal_column("NULL"), due_at=instant(its.due_at),
        silent=literal_column("NULL"),
    )  # fmt: skip
    listed = func.json_agg(aggregate_order_by(told, its.number)).filter(its.number <= MOST)
    return (
        select(its.place_id, func.count().label("late_threads"), listed.label("threads"))
        .group_by(its.place_id)
        .cte("late_threads")
    )


def late_input(within: Within) -> CTE:
    """Per place: members asked for input who are silent past its date; requests as JSON."""
    which = (
        within(InputAsk.journey_id),
        or_(*(InputAsk.status == word(status) for status in SILENT)),
        InputRequest.status != word(InputRequestStatus.CANCELLED),
        InputRequest.due_at <= NOW,
    )
    voices = spoken(*which)
    place = func.coalesce(InputAsk.touchpoint_id, InputAsk.journey_id).label("place_id")
    silent = (
        select(place, InputRequest.id, InputRequest.due_at, func.count().label("silent"))
        .select_from(InputAsk)
        .join(
            InputRequest,
            and_(
                InputRequest.organization_id == ORGANIZATION, InputRequest.id == InputAsk.request_id
            ),
        )
        .outerjoin(voices, voices.c.ask_id == InputAsk.id)
        .where(InputAsk.organization_id == ORGANIZATION, voices.c.ask_id.is_(None), *which)
        .group_by(place, InputRequest.id, InputRequest.due_at)
        .subquery("silent")
    )
    its = silent.c
    told = fields(
        kind=word("input"), subject_id=its.id, member_id=literal_column("NULL"),
        department_id=literal_column("NULL"), due_at=instant(its.due_at), silent=its.silent,
    )  # fmt: skip
    return (
        select(
            its.place_id,
            func.sum(its.silent).label("late_input"),
            func.json_agg(aggregate_order_by(told, its.due_at, its.id)).label("requests"),
        )
        .group_by(its.place_id)
        .cte("late_input")
    )
