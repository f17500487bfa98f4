"""What can have moved since a time, kind by kind, each told in the same columns."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.duties import (
    InputAskStatus,
    PlaybookResult,
    ResponsibilityStatus,
    SignOffDecision,
)
from domain.facts import Verb
from domain.models.accountability.playbooks import PlaybookUse
from domain.models.accountability.responsibilities import Responsibility
from domain.models.accountability.sign_offs import SignOff, SignOffRule
from domain.models.maps.journeys import Journey
from domain.models.moments.moments import Moment
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.records.ledger import OF_MAP, Entry, Revision
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.accountability.satisfaction import states
from domain.queries.participation.spoken import ITS_REQUEST
from domain.queries.readers import ORGANIZATION
from domain.queries.reports.work_parts import word
from domain.queries.voices.visibility import annotation_visible
from domain.rules.overview import Moved
from domain.words import Resolution, SubjectKind

SINCE = bindparam("since", type_=DateTime(timezone=True))
_MICROSECONDS = cast(func.extract("epoch", SINCE) * literal_column("1000000"), BigInteger())
_CONTENT = (
    SubjectKind.MOMENT, SubjectKind.TOUCHPOINT, SubjectKind.EMOTION, SubjectKind.CELL,
    SubjectKind.PLAYBOOK,
)  # fmt: skip


def _row(kind: Any, at: Any, of: Any, subject: Any, **more: Any) -> Select[Any]:
    """One part: `of` is the table that says where it is."""
    return select(
        cast(kind, Text()).label("kind"),
        at.label("at"),
        of.journey_id.label("journey_id"),
        cast(more.get("touchpoint", null()), Uuid()).label("touchpoint_id"),
        cast(more.get("moment", null()), Uuid()).label("moment_id"),
        subject.label("subject_id"),
        cast(more.get("member", null()), Uuid()).label("member_id"),
        cast(more.get("detail", null()), Text()).label("detail"),
        cast(more.get("number", literal_column("1")), Integer()).label("number"),
    )


def _instant(microseconds: Any) -> ColumnElement[Any]:
    return func.to_timestamp(microseconds / literal_column("1000000.0"))


def journeys_moved() -> Select[Any]:
    """Moves from one status to another."""
    status = func.jsonb_extract_path_text(cast(Revision.content, JSONB), literal_column("'status'"))
    verbs = (Verb.JOURNEY_MOVED, Verb.JOURNEY_OVERRIDDEN)
    its_revision = and_(
        Revision.organization_id == ORGANIZATION,
        Revision.subject_id == Journey.id,
        Revision.version == Entry.version,
    )
    return (
        select(
            word(Moved.JOURNEY_MOVED).label("kind"),
            _instant(Entry.at).label("at"),
            Journey.id.label("journey_id"),
            cast(null(), Uuid()).label("touchpoint_id"),
            cast(null(), Uuid()).label("moment_id"),
            Journey.id.label("subject_id"),
            Entry.actor_id.label("member_id"),
            status.label("detail"),
            literal_column("1").label("number"),
        )
        .select_from(Journey)
        .join(Entry, and_(Entry.organization_id == ORGANIZATION, Entry.subject_id == Journey.id))
        .join(Revision, its_revision)
        .where(Journey.organization_id == ORGANIZATION, Entry.at > _MICROSECONDS)
        .where(or_(*(Entry.verb == word(verb) for verb in verbs)))
    )


def _moments(kind: Moved, at: Any, member: Any) -> Select[Any]:
    found = _row(word(kind), at, Moment, Moment.id, touchpoint=Moment.touchpoint_id,
                 moment=Moment.id, member=member)  # fmt: skip
    return found.where(Moment.organization_id == ORGANIZATION, at > SINCE)


def moments_confirmed() -> Select[Any]:
    """Touchpoints declared moments of truth."""
    return _moments(Moved.MOMENT_CONFIRMED, Moment.confirmed_at, Moment.confirmed_by)


def moments_retired() -> Select[Any]:
    """Moments of truth that are none any more."""
    return _moments(Moved.MOMENT_RETIRED, Moment.retired_at, Moment.retired_by)


def responsibilities_answered() -> Select[Any]:
    """Accepted, also when ended since, or declined."""
    its = Responsibility
    declined = its.status == word(ResponsibilityStatus.DECLINED)
    kind = case(
        (declined, word(Moved.RESPONSIBILITY_DECLINED)), else_=word(Moved.RESPONSIBILITY_ACCEPTED)
    )
    found = _row(kind, its.answered_at, its, its.id, touchpoint=its.touchpoint_id,
                 moment=its.moment_id, member=its.answered_by, detail=its.role)  # fmt: skip
    return found.where(its.organization_id == ORGANIZATION, its.answered_at > SINCE)


def decided() -> Select[Any]:
    """Sign-offs given, and changes that were requested."""
    its = SignOff
    approved = its.decision == word(SignOffDecision.APPROVED)
    kind = case((approved, word(Moved.SIGN_OFF_GIVEN)), else_=word(Moved.CHANGES_REQUESTED))
    moment = case((its.subject_id != its.journey_id, its.subject_id))
    found = _row(kind, its.created_at, its, its.subject_id, touchpoint=its.touchpoint_id,
                 moment=moment, member=its.member_id)  # fmt: skip
    return found.where(its.organization_id == ORGANIZATION, its.created_at > SINCE)


def gone_stale() -> Select[Any]:
    """Subjects with approvals of what they said before, changed since; how many each."""
    ruled = select(SignOffRule.journey_id).where(
        SignOffRule.organization_id == ORGANIZATION, SignOffRule.removed_at.is_(None)
    )
    stale = states(lambda journey_id: journey_id.in_(ruled)).subjects
    its = stale.c
    on_map = select(func.max(Entry.at)).where(
        Entry.organization_id == ORGANIZATION, Entry.stream_id == its.journey_id, text(OF_MAP)
    )
    at_touchpoint = (
        select(func.max(Entry.at))
        .join(Subject, and_(Subject.organization_id == ORGANIZATION,
                            Subject.id == Entry.subject_id))
        .where(
            Entry.organization_id == ORGANIZATION,
            Subject.touchpoint_id == its.touchpoint_id,
            or_(*(Subject.kind == word(kind) for kind in _CONTENT)),
        )
    )  # fmt: skip
    changed = func.coalesce(
        at_touchpoint.correlate(stale).scalar_subquery(), on_map.correlate(stale).scalar_subquery()
    )
    found = _row(word(Moved.SIGN_OFF_STALE), _instant(changed), its, its.subject_id,
                 touchpoint=its.touchpoint_id, moment=case((its.subject_id != its.journey_id,
                 its.subject_id)), number=its.stale)  # fmt: skip
    return found.where(its.stale > literal_column("0"), changed > _MICROSECONDS)


def _asks(kind: Moved, at: Any, *where: ColumnElement[bool]) -> Select[Any]:
    found = _row(word(kind), func.max(at), InputRequest, InputRequest.id,
                 touchpoint=InputRequest.touchpoint_id, number=func.count())  # fmt: skip
    return (
        found.join(InputAsk, ITS_REQUEST)
        .where(InputRequest.organization_id == ORGANIZATION, at > SINCE, *where)
        .group_by(InputRequest.organization_id, InputRequest.id)
    )


def input_given() -> Select[Any]:
    """Requests that were answered, by how many; to abstain is an answer."""
    answered = (InputAskStatus.ANSWERED, InputAskStatus.ABSTAINED)
    given = or_(*(InputAsk.status == word(status) for status in answered))
    return _asks(Moved.INPUT_ANSWERED, InputAsk.answered_at, given)


def input_missed() -> Select[Any]:
    """Requests that ended in silence, of how many."""
    silent = InputAsk.status == word(InputAskStatus.NO_ANSWER)
    return _asks(Moved.INPUT_SILENT, InputRequest.closed_at, silent)


def threads_resolved() -> Select[Any]:
    """Threads that the reader sees and that ended: fixed, or in another way."""
    its = Annotation
    fixed = its.resolution == word(Resolution.FIXED)
    kind = case((fixed, word(Moved.THREAD_FIXED)), else_=word(Moved.THREAD_RESOLVED))
    found = _row(kind, its.resolved_at, its, its.id, touchpoint=its.touchpoint_id,
                 member=its.resolved_by, detail=its.resolution)  # fmt: skip
    return found.join(
        Journey, and_(Journey.organization_id == ORGANIZATION, Journey.id == its.journey_id)
    ).where(
        its.organization_id == ORGANIZATION,
        its.resolved_at > SINCE,
        its.withdrawn_at.is_(None),
        its.hidden_at.is_(None),
        annotation_visible(),
    )


def playbooks_used() -> Select[Any]:
    """Uses of playbooks whose result became known, a kind per result."""
    its = PlaybookUse
    kind = func.concat(word("playbook_"), its.result)
    found = _row(kind, its.updated_at, its, its.id, touchpoint=its.touchpoint_id,
                 moment=its.moment_id, member=its.member_id)  # fmt: skip
    known = its.result != word(PlaybookResult.PENDING)
    return found.where(its.organization_id == ORGANIZATION, its.updated_at > SINCE, known)


PARTS: Sequence[Any] = (
    journeys_moved, moments_confirmed, moments_retired, responsibilities_answered, decided,
    gone_stale, input_given, input_missed, threads_resolved, playbooks_used,
)  # fmt: skip
