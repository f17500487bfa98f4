"""Work from answering for moments: accept, find somebody else, fill a gap, approve a playbook."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from domain.duties import PlaybookStatus, ResponsibilityRole, ResponsibilityStatus, WorkKind
from domain.models.accountability.playbooks import Playbook
from domain.models.accountability.responsibilities import Responsibility
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.queries.accountability.answering import LIVE, my_accountable
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.readers import ME, ORGANIZATION
from domain.queries.reports.work_parts import (
    I_LEAD,
    LIVING,
    Asked,
    asked,
    word,
)
from domain.words import MemberStatus, MomentStatus, SubjectKind

_R = Responsibility
_ITS_MOMENT = (
    (Moment.organization_id == ORGANIZATION) & (Moment.id == Responsibility.moment_id) & LIVING
)
_ITS_TOUCHPOINT = (Touchpoint.organization_id == ORGANIZATION) & (
    Touchpoint.id == Moment.touchpoint_id
)
_ITS_JOURNEY = (Journey.organization_id == ORGANIZATION) & (Journey.id == _R.journey_id)


def _of_responsibility(kind: WorkKind, **more: Any) -> Asked:
    return Asked(
        kind=kind,
        subject=(SubjectKind.RESPONSIBILITY, _R.id),
        journey=_R.journey_id,
        place=_R.moment_id,
        touchpoint=_R.touchpoint_id,
        moment=_R.moment_id,
        **more,
    )


def accept_responsibility() -> Select[Any]:
    """Responsibilities of mine, or of a department that I head, that are not answered yet."""
    headed = select(Department.id).where(
        Department.organization_id == ORGANIZATION,
        Department.head_member_id == ME,
        Department.removed_at.is_(None),
    )
    detail = case((_R.member_id.is_(None), func.concat(_R.role, " department")), else_=_R.role)
    what = _of_responsibility(
        WorkKind.ACCEPT_RESPONSIBILITY,
        since=_R.created_at,
        asked_by=_R.created_by,
        due_at=_R.answer_by,
        detail=detail,
    )
    return (
        asked(what)
        .join(Moment, _ITS_MOMENT)
        .where(
            _R.organization_id == ORGANIZATION,
            _R.status == word(ResponsibilityStatus.ASSIGNED),
            or_(_R.member_id == ME, _R.department_id.in_(headed)),
        )
    )


def declined_responsibility() -> Select[Any]:
    """Roles declined that nobody has been given since: for the owner and the decliner's manager."""
    managed = exists().where(
        Member.organization_id == ORGANIZATION, Member.id == _R.answered_by, Member.manager_id == ME
    )
    what = _of_responsibility(
        WorkKind.DECLINED_RESPONSIBILITY,
        since=_R.answered_at,
        asked_by=_R.answered_by,
        holder=_R.answered_by,
        detail=_R.role,
    )
    return (
        asked(what)
        .join(Moment, _ITS_MOMENT)
        .join(Journey, _ITS_JOURNEY)
        .where(
            _R.organization_id == ORGANIZATION,
            _R.status == word(ResponsibilityStatus.DECLINED),
            or_(Journey.owner_id == ME, managed),
            ~_succeeded(),
        )
    )


def _succeeded() -> ColumnElement[bool]:
    """Whether somebody has been asked since for the role declined.

    Where one was only to be consulted or informed, others who are will do.
    """
    since = aliased(Responsibility)
    beside = or_(
        _R.role == word(ResponsibilityRole.CONSULTED), _R.role == word(ResponsibilityRole.INFORMED)
    )
    live = (word(ResponsibilityStatus.ASSIGNED), word(ResponsibilityStatus.ACCEPTED))
    return exists().where(
        since.organization_id == ORGANIZATION,
        since.moment_id == _R.moment_id,
        since.role == _R.role,
        or_(since.created_at > _R.answered_at, and_(beside, since.status.in_(live))),
    )


def accountability_gap() -> Select[Any]:
    """Journeys of mine with confirmed moments without anybody active accountable, a line each."""
    taken = exists().where(
        _R.organization_id == ORGANIZATION,
        _R.moment_id == Moment.id,
        _R.role == word(ResponsibilityRole.ACCOUNTABLE),
        LIVE,
        Member.organization_id == ORGANIZATION,
        Member.id == _R.member_id,
        Member.status == word(MemberStatus.ACTIVE),
    )
    journey_id, since = Moment.journey_id, func.min(Moment.confirmed_at)
    subject = (SubjectKind.JOURNEY, journey_id)
    places = {"journey": journey_id, "place": journey_id}
    kind = WorkKind.ACCOUNTABILITY_GAP
    what = Asked(kind=kind, subject=subject, since=since, number=func.count(), **places)
    return (
        asked(what)
        .join(Journey, (Journey.organization_id == ORGANIZATION) & (Journey.id == journey_id))
        .join(Touchpoint, _ITS_TOUCHPOINT)
        .join(Stage, ITS_STAGE)
        .where(
            Moment.organization_id == ORGANIZATION,
            Moment.status == word(MomentStatus.CONFIRMED),
            Journey.owner_id == ME,
            *ON_THE_MAP,
            ~taken,
        )
        .group_by(Moment.journey_id)
    )


def approve_playbook() -> Select[Any]:
    """Drafts of others, for leaders: of journeys they own and moments they are accountable for."""
    what = Asked(
        kind=WorkKind.APPROVE_PLAYBOOK,
        subject=(SubjectKind.PLAYBOOK, Playbook.id),
        journey=Playbook.journey_id,
        place=Playbook.moment_id,
        touchpoint=Playbook.touchpoint_id,
        moment=Playbook.moment_id,
        since=Playbook.created_at,
        asked_by=Playbook.created_by,
    )
    return (
        asked(what)
        .join(
            Moment,
            (Moment.organization_id == ORGANIZATION) & (Moment.id == Playbook.moment_id) & LIVING,
        )
        .join(
            Journey,
            (Journey.organization_id == ORGANIZATION) & (Journey.id == Playbook.journey_id),
        )
        .where(
            Playbook.organization_id == ORGANIZATION,
            Playbook.status == word(PlaybookStatus.DRAFT),
            Playbook.created_by != ME,
            I_LEAD,
            or_(Journey.owner_id == ME, my_accountable(Playbook.moment_id)),
        )
    )
