"""The shape that every part of a member's work is told in, so that one list can hold them all."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
    Integer,
    Select,
    Text,
    Uuid,
    bindparam,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
)

from domain.duties import WorkKind
from domain.models.identity.organizations import Organization
from domain.models.moments.moments import Moment
from domain.models.voices.annotations import Annotation
from domain.queries.readers import MY_GROUP, ORGANIZATION
from domain.roles import LEADERS
from domain.words import MomentStatus, SubjectKind

KINDS = bindparam("kinds", type_=ARRAY(Text()))
LIVING = Moment.status != literal_column(f"'{MomentStatus.RETIRED}'")
I_LEAD = or_(*(MY_GROUP == literal_column(f"'{group.value}'") for group in LEADERS))


@dataclass(frozen=True)
class Asked:
    """One thing asked of the reader.

    `place` is what on the map it is about; `watched` is what goes up the chain when nothing
    happens, `holder` whose managers may give it to somebody else. `detail` and `number` are for the
    sentence that says why.
    """

    kind: WorkKind | ColumnElement[Any]
    subject: tuple[SubjectKind | ColumnElement[Any], Any]
    journey: Any
    place: Any
    since: Any
    touchpoint: Any = None
    moment: Any = None
    asked_by: Any = None
    due_at: Any = None
    watched: Any = None
    holder: Any = None
    detail: Any = None
    number: Any = None

    def columns(self) -> list[ColumnElement[Any]]:
        """The same columns for every kind, in the same order."""
        subject_kind, subject = self.subject
        return [
            _spelled(self.kind).label("kind"),
            _spelled(subject_kind).label("subject_kind"),
            subject.label("subject_id"),
            self.journey.label("journey_id"),
            self.place.label("place_id"),
            _or_null(self.touchpoint, Uuid()).label("touchpoint_id"),
            _or_null(self.moment, Uuid()).label("moment_id"),
            _or_null(self.asked_by, Uuid()).label("from_member_id"),
            self.since.label("since"),
            _or_null(self.due_at, DateTime(timezone=True)).label("due_at"),
            (subject if self.watched is None else self.watched).label("watched_id"),
            _or_null(self.holder, Uuid()).label("holder_id"),
            _or_null(self.detail, Text()).label("detail"),
            _or_null(self.number, Integer()).label("number"),
        ]


def asked(what: Asked) -> Select[Any]:
    """Begin a part of the list, which costs nothing when its kind is not asked for."""
    part = select(*what.columns())
    return part.where(word(what.kind) == KINDS.any_()) if isinstance(what.kind, str) else part


def word(said: str) -> ColumnElement[Any]:
    """A word of our own, spelled out."""
    return cast(literal_column(f"'{said}'"), Text)


def _spelled(said: str | ColumnElement[Any]) -> ColumnElement[Any]:
    return word(said) if isinstance(said, str) else said


def _or_null(column: Any, kind: Any) -> ColumnElement[Any]:
    return cast(null(), kind) if column is None else cast(column, kind)


_TIMEZONE = select(Organization.timezone).where(Organization.id == ORGANIZATION).scalar_subquery()
THREAD_DUE: ColumnElement[Any] = func.timezone(
    _TIMEZONE, cast(Annotation.due_on + literal_column("1"), DateTime)
)
"""The first moment after the day on which a thread is due, as domain.rules.calendar.end_of."""
THREAD_OPEN = (
    Annotation.hidden_at.is_(None)
    & Annotation.withdrawn_at.is_(None)
    & Annotation.resolved_at.is_(None)
)
