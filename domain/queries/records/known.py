"""Which entries a member may know of: what the feed tells without its content, and no less.

Said as one subquery per kind of subject, which is asked only for entries of that kind: so a page
of entries stops reading as soon as it is full. The journey must be joined, and seen itself.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased

from domain.models.accountability.escalations import Escalation
from domain.models.findings.evidence import Attachment, Evidence
from domain.models.findings.findings import Source
from domain.models.life.editions import Receipt
from domain.models.metrics.data_points import Recording
from domain.models.metrics.metrics import Metric
from domain.models.participation.input_requests import InputAsk
from domain.models.voices.annotations import Annotation
from domain.models.voices.flags import Flag
from domain.models.voices.replies import Reply
from domain.models.voices.supports import Reaction, Support
from domain.queries.accountability.escalations import ITS_ANNOTATION, escalation_told
from domain.queries.life.publications import receipt_told
from domain.queries.metrics.visible import metric_visible
from domain.queries.outcomes.drafts import unseen_draft
from domain.queries.participation.asks import ask_told
from domain.queries.readers import ORGANIZATION
from domain.queries.voices.flags import flag_told
from domain.queries.voices.visibility import annotation_visible
from domain.words import SubjectKind

# A file may be attached to evidence about an annotation.
_CARRIER = aliased(Evidence, name="carrier")
_ONE: ColumnElement[Any] = literal_column("1")


def known(kind: Any, subject_id: Any) -> ColumnElement[bool]:
    """Whether the reader may know what an entry of a journey names."""
    told = [(kind == literal_column(f"'{one}'"), may(subject_id)) for one, may in _GUARDED.items()]
    return case(*told, else_=literal_column("true"))


def _annotation(subject_id: Any) -> ColumnElement[bool]:
    found = select(_ONE).where(_named(Annotation, subject_id), annotation_visible())
    return exists(found.correlate_except(Annotation))


def _in_thread(model: Any) -> Any:
    """What hangs on an annotation is known to those who see the annotation."""

    def may(subject_id: Any) -> ColumnElement[bool]:
        thread = _thread_of(model, subject_id).where(annotation_visible())
        return exists(thread.correlate_except(model, Annotation))

    return may


def _thread_of(model: Any, subject_id: Any) -> Select[Any]:
    its_annotation = and_(
        Annotation.organization_id == model.organization_id, Annotation.id == model.annotation_id
    )
    found = select(_ONE).select_from(model).join(Annotation, its_annotation)
    return found.where(_named(model, subject_id))


def _flag(subject_id: Any) -> ColumnElement[bool]:
    """Who flagged something is known to those who judge it, never to all who see the thread."""
    target = and_(Reply.organization_id == Flag.organization_id, Reply.id == Flag.target_id)
    found = _thread_of(Flag, subject_id).outerjoin(Reply, target).where(flag_told())
    return exists(found.correlate_except(Flag, Annotation, Reply))


def _escalation(subject_id: Any) -> ColumnElement[bool]:
    found = (
        select(_ONE)
        .select_from(Escalation)
        .outerjoin(Annotation, ITS_ANNOTATION)
        .where(_named(Escalation, subject_id), escalation_told())
    )
    return exists(found.correlate_except(Escalation, Annotation))


def _ask(subject_id: Any) -> ColumnElement[bool]:
    found = select(_ONE).where(_named(InputAsk, subject_id), ask_told())
    return exists(found.correlate_except(InputAsk))


def _hanging(model: Any, its: Any, *more: Any) -> Any:
    """What hangs on something is known, unless that is an annotation or draft not to be seen."""

    def may(subject_id: Any) -> ColumnElement[bool]:
        found = (
            select(_ONE)
            .select_from(model)
            .outerjoin(_CARRIER, _named(_CARRIER, its))
            .outerjoin(Annotation, _named(Annotation, func.coalesce(_CARRIER.subject_id, its)))
            .where(
                _named(model, subject_id),
                or_(Annotation.id.is_(None), annotation_visible()),
                ~unseen_draft(func.coalesce(_CARRIER.subject_id, its)),
                *(~unseen_draft(one) for one in more),
            )
        )
        return exists(found.correlate_except(model, _CARRIER, Annotation))

    return may


def _receipt(subject_id: Any) -> ColumnElement[bool]:
    found = select(_ONE).where(_named(Receipt, subject_id), receipt_told())
    return exists(found.correlate_except(Receipt))


def _metric(subject_id: Any) -> ColumnElement[bool]:
    found = select(_ONE).where(_named(Metric, subject_id), metric_visible())
    return exists(found.correlate_except(Metric))


def _recording(subject_id: Any) -> ColumnElement[bool]:
    its = and_(Metric.organization_id == ORGANIZATION, Metric.id == Recording.metric_id)
    found = select(_ONE).select_from(Recording).join(Metric, its)
    found = found.where(_named(Recording, subject_id), metric_visible())
    return exists(found.correlate_except(Recording, Metric))


def _not_hidden(subject_id: Any) -> ColumnElement[bool]:
    return ~unseen_draft(subject_id)


def _named(model: Any, subject_id: Any) -> ColumnElement[bool]:
    return and_(model.organization_id == ORGANIZATION, model.id == subject_id)


_GUARDED: Final[Mapping[SubjectKind, Any]] = {
    SubjectKind.ANNOTATION: _annotation,
    SubjectKind.REPLY: _in_thread(Reply),
    SubjectKind.SUPPORT: _in_thread(Support),
    SubjectKind.REACTION: _in_thread(Reaction),
    SubjectKind.FLAG: _flag,
    SubjectKind.ESCALATION: _escalation,
    SubjectKind.INPUT_ASK: _ask,
    SubjectKind.METRIC: _metric,
    SubjectKind.RECORDING: _recording,
    SubjectKind.SOURCE: _hanging(Source, Source.from_id, Source.subject_id),
    SubjectKind.EVIDENCE: _hanging(Evidence, Evidence.subject_id),
    SubjectKind.ATTACHMENT: _hanging(Attachment, Attachment.subject_id),
    SubjectKind.RECEIPT: _receipt,
    SubjectKind.OPPORTUNITY: _not_hidden,
}
