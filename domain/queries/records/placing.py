"""Where on the map an event changed something, as far as its reader may know.

What everybody sees on the map may be told to everybody. So whoever no longer sees an annotation is
told which touchpoint it was taken from, if all saw it there. A rating tells its touchpoint only
where it changed how many have rated there: else the events would count abstentions of groups that
are too few to show, or tell when one of a few changed their mind.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
)
from sqlalchemy.orm import aliased

from domain.models.records.ledger import Revision
from domain.models.records.subjects import Subject
from domain.queries.readers import ORGANIZATION
from domain.words import Axis, SubjectKind, Visibility

_BEFORE, _SINCE = aliased(Revision, name="before"), aliased(Revision, name="since")
_TELLING = (SubjectKind.ANNOTATION.value, SubjectKind.RATING.value)


def _told(revision: Any, name: str) -> ColumnElement[Any]:
    """One field of a revision, as text; null when there is none or it was erased."""
    content = cast(revision.content, JSON)
    return func.json_extract_path_text(content, literal_column(f"'{name}'"))


def _shown(revision: Any) -> ColumnElement[bool]:
    """Whether the map counted an annotation as it was then."""
    return and_(
        _told(revision, "visibility") == literal_column(f"'{Visibility.EVERYONE}'"),
        _told(revision, "hidden_at").is_(None),
        _told(revision, "withdrawn_at").is_(None),
    )


def _counts(revision: Any) -> ColumnElement[bool]:
    """Whether a rating had a number then."""
    numbers = func.num_nonnulls(*(_told(revision, axis) for axis in Axis))
    return numbers > literal_column("0")


def with_places(found: Select[Any], entry: Any) -> Select[Any]:
    """Join what `places_of` reads from to a statement that has the entries."""
    is_such = or_(*(entry.subject_kind == kind for kind in _TELLING))
    ours = (Subject.organization_id == ORGANIZATION) & (Subject.id == entry.subject_id)
    joined = found.outerjoin(Subject, ours)
    for revision, version in ((_BEFORE, entry.version - 1), (_SINCE, entry.version)):
        at_version = and_(
            is_such,
            revision.organization_id == ORGANIZATION,
            revision.subject_id == entry.subject_id,
            revision.version == version,
        )
        joined = joined.outerjoin(revision, at_version)
    return joined


def places_of(
    entry: Any, thread_touchpoint_id: Any, visible: ColumnElement[bool]
) -> tuple[ColumnElement[Any], ...]:
    """The columns `touchpoint_id` and `from_touchpoint_id` of an entry."""
    return (
        case((visible, touchpoint_at(entry, thread_touchpoint_id))).label("touchpoint_id"),
        _from(entry, visible).label("from_touchpoint_id"),
    )


def touchpoint_at(entry: Any, thread_touchpoint_id: Any) -> ColumnElement[Any]:
    """The touchpoint that the subject of a visible event is at."""
    recounted = func.coalesce(_counts(_BEFORE), literal_column("false")) != _counts(_SINCE)
    is_rating = entry.subject_kind == literal_column(f"'{SubjectKind.RATING}'")
    place = func.coalesce(thread_touchpoint_id, Subject.touchpoint_id)
    return case((and_(is_rating, recounted.is_not(True)), None), else_=place)


def _from(entry: Any, visible: ColumnElement[bool]) -> ColumnElement[Any]:
    """The touchpoint that an annotation was taken from: moved elsewhere, or no longer for all."""
    place = _told(_BEFORE, "touchpoint_id")
    moved = place.is_distinct_from(_told(_SINCE, "touchpoint_id"))
    shut = and_(_shown(_BEFORE), ~_shown(_SINCE))
    may_know = or_(visible, _shown(_BEFORE))
    is_annotation = entry.subject_kind == literal_column(f"'{SubjectKind.ANNOTATION}'")
    return case((and_(is_annotation, or_(moved, shut), may_know), cast(place, Uuid)))
