"""What answering for touchpoints is made of, gathered once for all of the journeys looked at."""

from typing import Any

from sqlalchemy import (
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
    PlaybookStatus,
    ResponsibilityRole,
    ResponsibilityStatus,
)
from domain.models.accountability.playbooks import Playbook
from domain.models.accountability.responsibilities import Responsibility
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.voices.annotations import Annotation
from domain.models.voices.ratings import Rating
from domain.queries.accountability.answering import LIVE
from domain.queries.accountability.content import Within
from domain.queries.identity.people import ACTIVE_PERSON, by_person
from domain.queries.readers import ORGANIZATION
from domain.queries.reports.work_parts import word
from domain.queries.told import fields, instant
from domain.queries.voices.filters import SHOWN
from domain.queries.voices.visibility import annotation_visible
from domain.roles import Group
from domain.words import MemberStatus

NOW = bindparam("now", type_=DateTime(timezone=True))
_NUMBERS = func.num_nonnulls(
    Rating.emotional, Rating.business, Rating.importance, Rating.performance
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
    """Per touchpoint: how many annotations of people of each group the reader sees."""
    voices = [func.count().filter(Annotation.author_group == word(group.value)) for group in Group]
    return (
        select(Annotation.touchpoint_id, *_labelled("said", voices))
        .join(Journey, its_journey(Annotation))
        .where(
            Annotation.organization_id == ORGANIZATION,
            within(Annotation.journey_id),
            Annotation.touchpoint_id.is_not(None),
            annotation_visible(),
            SHOWN,
            by_person(Annotation.author_id, ORGANIZATION),
        )
        .group_by(Annotation.touchpoint_id)
        .subquery("said")
    )


def its_journey(model: Any) -> ColumnElement[bool]:
    """The journey that a row is of."""
    return and_(Journey.organization_id == model.organization_id, Journey.id == model.journey_id)


def _labelled(name: str, counts: list[Any]) -> list[Any]:
    return [one.label(f"{name}_{group.value}") for one, group in zip(counts, Group, strict=True)]


def present() -> Subquery:
    """One row: which groups the organization has active people of."""
    there = [
        exists().where(
            Member.organization_id == ORGANIZATION, Member.group == word(group.value), ACTIVE_PERSON
        )
        for group in Group
    ]
    return select(*_labelled("has", there)).subquery("present")
