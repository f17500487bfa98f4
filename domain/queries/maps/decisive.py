"""The moments of a map: what they are, who answers for each, what was approved, what is planned.

Everything here is the same for all who may read the journey, and changes only with its revision or
its organization's.
"""

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Subquery,
    case,
    exists,
    func,
    literal_column,
    null,
    select,
)

from domain.duties import PlaybookStatus, ResponsibilityRole, ResponsibilityStatus
from domain.models.accountability.playbooks import Playbook
from domain.models.accountability.responsibilities import Responsibility
from domain.models.accountability.sign_offs import SignOffRule
from domain.models.identity.members import Member
from domain.models.moments.moments import Moment
from domain.queries.accountability.content import Within
from domain.queries.accountability.satisfaction import states
from domain.queries.maps.summaries import JOURNEY
from domain.queries.readers import ORGANIZATION
from domain.queries.told import EMPTY, fields, instant, text
from domain.words import MemberStatus, MomentStatus, RankingModel


def _word(said: str) -> ColumnElement[Any]:
    return literal_column(f"'{said}'")


_NOTHING: ColumnElement[Any] = literal_column("0")
_ACCEPTED = Responsibility.status == _word(ResponsibilityStatus.ACCEPTED)
_ASSIGNED = Responsibility.status == _word(ResponsibilityStatus.ASSIGNED)


def in_journey(journey_id: Any) -> ColumnElement[bool]:
    """Of the one journey that is asked about."""
    found: ColumnElement[bool] = journey_id == JOURNEY
    return found


HAS_RULES = exists().where(
    SignOffRule.organization_id == ORGANIZATION,
    SignOffRule.journey_id == JOURNEY,
    SignOffRule.removed_at.is_(None),
)
"""Whether sign-offs are asked for anywhere in the journey."""


def _accountable(within: Within) -> Subquery:
    told = fields(
        responsibility_id=Responsibility.__table__.c.id,
        member_id=Responsibility.__table__.c.member_id,
        status=Responsibility.__table__.c.status,
        accepted_at=case((_ACCEPTED, instant(Responsibility.__table__.c.answered_at))),
        active=Member.status == _word(MemberStatus.ACTIVE),
    )
    return (
        select(Responsibility.moment_id, told.label("told"))
        .join(
            Member,
            (Member.organization_id == ORGANIZATION) & (Member.id == Responsibility.member_id),
        )
        .where(
            Responsibility.organization_id == ORGANIZATION,
            within(Responsibility.journey_id),
            Responsibility.role == _word(ResponsibilityRole.ACCOUNTABLE),
            _ASSIGNED | _ACCEPTED,
        )
        .subquery("accountable")
    )


def _playbooks(within: Within) -> Subquery:
    def counted(status: PlaybookStatus) -> ColumnElement[Any]:
        return func.count().filter(Playbook.status == _word(status))

    told = fields(approved=counted(PlaybookStatus.APPROVED), drafts=counted(PlaybookStatus.DRAFT))
    return (
        select(Playbook.moment_id, told.label("told"))
        .where(Playbook.organization_id == ORGANIZATION, within(Playbook.journey_id))
        .group_by(Playbook.moment_id)
        .subquery("planned")
    )


def _signed(subjects: CTE) -> ColumnElement[Any]:
    names = ("rules", "required", "given", "stale", "objections", "satisfied")
    told = fields(**{name: subjects.c[name] for name in names})
    return case((subjects.c.subject_id.is_not(None), told))


def signed() -> ColumnElement[Any]:
    """How far the rules of each moment of the map are met: JSON by the moment's id."""
    subjects = states(in_journey).subjects
    by_subject = func.json_object_agg(subjects.c.subject_id, _signed(subjects))
    empty: ColumnElement[Any] = literal_column("'{}'::json")
    return select(text(func.coalesce(by_subject, empty))).scalar_subquery()


def _itself() -> dict[str, ColumnElement[Any]]:
    return {
        "id": Moment.__table__.c.id,
        "version": Moment.__table__.c.version,
        "status": Moment.__table__.c.status,
        "rank": null(),
        "tied": literal_column("false"),
        "score": null(),
        "model": _word(RankingModel.EMOTIONAL_IMPACT),
        "model_version": _NOTHING,
        "n": _NOTHING,
        "explanation": _word(""),
    }


def decisive(within: Within, subjects: CTE | None = None) -> Subquery:
    """Rows (touchpoint_id, moment): JSON, its rank and gaps still open.

    Its sign-offs are told where their states (satisfaction.States.subjects) are given.
    """
    accountable, planned = _accountable(within), _playbooks(within)
    moment = fields(
        **_itself(),
        accountable=accountable.c.told,
        sign_offs=null() if subjects is None else _signed(subjects),
        playbooks=func.coalesce(planned.c.told, fields(approved=_NOTHING, drafts=_NOTHING)),
        missing=EMPTY,
    )
    found = (
        select(Moment.touchpoint_id, moment.label("moment"))
        .outerjoin(accountable, accountable.c.moment_id == Moment.id)
        .outerjoin(planned, planned.c.moment_id == Moment.id)
        .where(
            Moment.organization_id == ORGANIZATION,
            within(Moment.journey_id),
            Moment.status != _word(MomentStatus.RETIRED),
        )
    )
    if subjects is not None:
        found = found.outerjoin(subjects, subjects.c.subject_id == Moment.id)
    return found.subquery("decisive")
