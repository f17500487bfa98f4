"""What belongs to the story of a moment, as far as its reader may know.

Everything of its touchpoint does, but for ratings, which are told in numbers elsewhere, and for
what is about another moment that the touchpoint has been. The journey must be joined.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Text,
    Uuid,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
)

from domain.models.accountability.escalations import Escalation
from domain.models.accountability.playbooks import Playbook, PlaybookUse
from domain.models.accountability.responsibilities import Responsibility
from domain.models.accountability.sign_offs import SignOff, SignOffRule
from domain.models.maps.journeys import Journey
from domain.models.moments.moments import Moment
from domain.models.outcomes.actions import Action, Outcome
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.participation.asks import ask_told
from domain.queries.readers import ME
from domain.queries.voices.visibility import annotation_visible
from domain.words import SubjectKind

MOMENT = bindparam("moment_id", type_=Uuid())
TOUCHPOINT = bindparam("touchpoint_id", type_=Uuid())


def _about(column: Any) -> ColumnElement[bool]:
    """About the moment or its touchpoint, and no other moment there."""
    return or_(column == MOMENT, column == TOUCHPOINT)


def _row(model: Any, of: Any, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the subject's own row is so."""
    found: Any = (
        select(literal_column("1"))
        .select_from(model)
        .where(model.organization_id == Journey.organization_id, model.id == of, *where)
    )
    return exists(found.correlate_except(model))


def _annotation(of: Any) -> ColumnElement[bool]:
    elsewhere = _row(Moment, Annotation.subject_id, Moment.id != MOMENT)
    return _row(Annotation, of, annotation_visible(), ~elsewhere)


def _ask(of: Any, *known: ColumnElement[bool]) -> ColumnElement[bool]:
    request = _row(InputRequest, InputAsk.request_id, _about(InputRequest.subject_id))
    return _row(InputAsk, of, or_(ask_told(), *known), request)


def _responsibility(of: Any) -> ColumnElement[bool]:
    return _row(Responsibility, of, Responsibility.moment_id == MOMENT)


def _action(of: Any) -> ColumnElement[bool]:
    """For this moment, or for its touchpoint alone."""
    return _row(Action, of, or_(Action.moment_id == MOMENT, Action.moment_id.is_(None)))


def _escalation(of: Any) -> ColumnElement[bool]:
    """Whoever may know of what went up may know that it did."""
    about = Escalation.subject_id
    asked = _ask(about, Escalation.to_id == ME)
    known = (_responsibility(about), _annotation(about), _action(about), asked)
    return _row(Escalation, of, or_(*known))


_BELONGS: Final[Mapping[str, ColumnElement[bool] | None]] = {
    SubjectKind.MOMENT: Subject.id == MOMENT,
    SubjectKind.TOUCHPOINT: None,
    SubjectKind.EMOTION: None,
    SubjectKind.CELL: None,
    SubjectKind.STAKEHOLDER_VALUE: None,
    SubjectKind.ANNOTATION: _annotation(Subject.id),
    SubjectKind.RESPONSIBILITY: _responsibility(Subject.id),
    SubjectKind.SIGN_OFF_RULE: _row(SignOffRule, Subject.id, SignOffRule.subject_id == MOMENT),
    SubjectKind.SIGN_OFF: _row(SignOff, Subject.id, SignOff.subject_id == MOMENT),
    SubjectKind.PLAYBOOK: _row(Playbook, Subject.id, Playbook.moment_id == MOMENT),
    SubjectKind.PLAYBOOK_USE: _row(PlaybookUse, Subject.id, PlaybookUse.moment_id == MOMENT),
    SubjectKind.INPUT_REQUEST: _row(InputRequest, Subject.id, _about(InputRequest.subject_id)),
    SubjectKind.INPUT_ASK: _ask(Subject.id),
    SubjectKind.ESCALATION: _escalation(Subject.id),
    SubjectKind.ACTION: _action(Subject.id),
    SubjectKind.OUTCOME: _row(Outcome, Subject.id, _action(Outcome.action_id)),
}


def in_story() -> ColumnElement[bool]:
    """Whether a subject belongs to the story of the moment and may be known to the reader."""
    kinds = [
        Subject.kind == literal_column(f"'{kind}'", Text())
        if belongs is None
        else and_(Subject.kind == literal_column(f"'{kind}'", Text()), belongs)
        for kind, belongs in _BELONGS.items()
    ]
    return and_(Subject.touchpoint_id == TOUCHPOINT, or_(*kinds))
