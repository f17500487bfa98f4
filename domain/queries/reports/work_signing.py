"""Work from sign-off rules: what waits for the reader's approval, the first time or again."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal_column, null, or_, select
from sqlalchemy.orm import aliased

from domain.duties import WorkKind
from domain.models.accountability.sign_offs import SignOff, SignOffRule
from domain.models.maps.journeys import Journey
from domain.models.records.ledger import Entry
from domain.models.records.subjects import Subject
from domain.queries.accountability.last_edits import at_touchpoint, in_journey
from domain.queries.accountability.satisfaction import States, asked_of_me, asks_me, states
from domain.queries.accountability.signers import stuck_without_me
from domain.queries.readers import ME, ORGANIZATION
from domain.queries.reports.work_parts import KINDS, Asked, asked, word
from domain.words import JourneyStatus, SubjectKind

_RULE = aliased(SignOffRule)


def _with_rules_for_me(journey_id: Any) -> ColumnElement[bool]:
    """Journeys with a rule that asks for the reader: no others are looked at."""
    rule = aliased(SignOffRule)
    found: ColumnElement[bool] = journey_id.in_(
        select(rule.journey_id).where(
            rule.organization_id == ORGANIZATION,
            rule.removed_at.is_(None),
            asks_me(rule),
            or_(*(word(kind) == KINDS.any_() for kind in (WorkKind.SIGN_OFF, WorkKind.SIGN_AGAIN))),
        )
    )
    return found


_STATES = states(_with_rules_for_me)


def sign_off(found: States = _STATES) -> Select[Any]:
    """What the reader has not approved as it is now, while the rule still needs approvals.

    `found` is how far the rules are met, where a statement knows that already.
    """
    waiting = asked_of_me(found).subquery("waiting").c
    is_journey = waiting.subject_id == waiting.journey_id
    what = Asked(
        kind=case((waiting.again, word(WorkKind.SIGN_AGAIN)), else_=word(WorkKind.SIGN_OFF)),
        subject=(
            case((is_journey, word(SubjectKind.JOURNEY)), else_=word(SubjectKind.MOMENT)),
            waiting.subject_id,
        ),
        journey=waiting.journey_id,
        place=waiting.subject_id,
        touchpoint=waiting.touchpoint_id,
        moment=case((is_journey, null()), else_=waiting.subject_id),
        since=func.coalesce(_decided_at(waiting.subject_id), _first(waiting, _RULE.created_at)),
        asked_by=_first(waiting, _RULE.created_by),
    )
    in_review = Journey.status == word(JourneyStatus.IN_REVIEW)
    return (
        asked(what)
        .join(
            Journey, (Journey.organization_id == ORGANIZATION) & (Journey.id == waiting.journey_id)
        )
        .where(or_(~is_journey, in_review))
    )


def _first(waiting: Any, column: Any) -> Any:
    """What the oldest rule that asks for the reader says."""
    return (
        select(column)
        .where(
            _RULE.organization_id == ORGANIZATION,
            _RULE.journey_id == waiting.journey_id,
            _RULE.subject_id == waiting.subject_id,
            _RULE.removed_at.is_(None),
            asks_me(_RULE),
        )
        .order_by(_RULE.created_at, _RULE.id)
        .limit(literal_column("1"))
        .scalar_subquery()
    )


def _decided_at(subject_id: Any) -> Any:
    return (
        select(SignOff.created_at)
        .where(
            SignOff.organization_id == ORGANIZATION,
            SignOff.subject_id == subject_id,
            SignOff.member_id == ME,
            SignOff.superseded_at.is_(None),
        )
        .scalar_subquery()
    )


def is_my_last_edit(its: Any) -> ColumnElement[Any]:
    """Whether the reader made the last change of what they are to sign off; null for other work."""
    of_moment = (
        _last_editor(its)
        .join(
            Subject,
            (Subject.organization_id == Entry.organization_id) & (Subject.id == Entry.subject_id),
        )
        .where(at_touchpoint(its.touchpoint_id))
    )
    of_journey = _last_editor(its).where(in_journey())
    return case(
        (~_is_signing(its), null()),
        (its.touchpoint_id.is_(None), of_journey.scalar_subquery() == ME),
        else_=of_moment.scalar_subquery() == ME,
    )


def _last_editor(its: Any) -> Select[Any]:
    return (
        select(Entry.actor_id)
        .where(
            Entry.organization_id == ORGANIZATION,
            Entry.stream_id == its.journey_id,
        )
        .order_by(Entry.revision.desc())
        .limit(literal_column("1"))
    )


def alone(its: Any) -> ColumnElement[Any]:
    """Whether nobody else could sign off in the reader's place; null for other work."""
    stuck = stuck_without_me(_STATES).where(_STATES.rules.c.subject_id == its.subject_id)
    return case((~_is_signing(its), null()), else_=stuck.exists())


def _is_signing(its: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = its.kind.in_([word(WorkKind.SIGN_OFF), word(WorkKind.SIGN_AGAIN)])
    return found
