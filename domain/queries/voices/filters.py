"""What a list of annotations may be narrowed to."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    DateTime,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
)

from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction, hot
from domain.models.identity.organizations import Organization
from domain.models.maps.touchpoints import Touchpoint
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.readers import ORGANIZATION
from domain.queries.voices.conditions import CONDITIONS, settled
from domain.queries.voices.visibility import STATUS
from domain.words import AnnotationStatus, SubjectKind


def _any(name: str, kind: Any) -> Any:
    return bindparam(name, type_=ARRAY(kind)).any_()


def _is(column: Any, name: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column == bindparam(name, type_=Uuid())
    return found


def _stage() -> ColumnElement[bool]:
    of_stage = select(Touchpoint.id).where(
        Touchpoint.organization_id == ORGANIZATION, _is(Touchpoint.stage_id, "stage")
    )
    at_it = or_(_is(Annotation.subject_id, "stage"), Annotation.touchpoint_id.in_(of_stage))
    # The journey lets a long list be walked in its order.
    return and_(at_it, _is(Annotation.journey_id, "stage_journey"))


def _overdue() -> ColumnElement[bool]:
    """Whether it is open and was due before today, as the organization's time zone has it."""
    today = select(
        cast(func.timezone(Organization.timezone, bindparam("at", type_=DateTime(True))), Date)
    ).where(Organization.id == ORGANIZATION)
    is_open = STATUS == AnnotationStatus.OPEN.value
    is_late = and_(is_open, Annotation.due_on < today.scalar_subquery())
    found: ColumnElement[bool] = func.coalesce(is_late, literal(False)) == bindparam("overdue")
    return found


FILTERS: Mapping[str, ColumnElement[bool]] = {
    "ids": Annotation.id == _any("ids", Uuid()),
    "journey": _is(Annotation.journey_id, "journey"),
    "subject": _is(Annotation.subject_id, "subject"),
    "within": _is(Annotation.journey_id, "within"),
    "alone": _is(Annotation.subject_id, "alone"),
    "touchpoint": _is(Annotation.touchpoint_id, "touchpoint"),
    "stage": _stage(),
    "kind": Annotation.kind == _any("kind", Text()),
    "status": STATUS == _any("status", Text()),
    "group": Annotation.author_group == _any("group", Text()),
    "department": _is(Annotation.author_department_id, "department"),
    "author": _is(Annotation.author_id, "author"),
    "own": or_(_is(Annotation.author_id, "own"), _is(Annotation.hidden_author_id, "own")),
    "assignee": _is(Annotation.assignee_id, "assignee"),
    "work_status": Annotation.work_status == _any("work_status", Text()),
    "due_before": Annotation.due_on < bindparam("due_before", type_=Date()),
    "overdue": _overdue(),
    "duplicate_of": _is(Annotation.duplicate_of_id, "duplicate_of"),
    **CONDITIONS,
}
_BY_KIND: Mapping[str, str] = {
    SubjectKind.JOURNEY: "within",
    SubjectKind.STAGE: "stage",
    SubjectKind.TOUCHPOINT: "touchpoint",
}
SHOWN = Annotation.hidden_at.is_(None) & Annotation.withdrawn_at.is_(None)
"""What a list shows that does not ask for statuses."""

_KIND = hot(
    select(Subject.kind, Subject.journey_id).where(
        Subject.organization_id == ORGANIZATION, Subject.id == bindparam("under")
    )
)


async def narrowed(
    tx: Transaction, actor: Actor, given: Mapping[str, Any]
) -> tuple[frozenset[str], dict[str, Any]]:
    """The filters to apply and their parameters.

    `under` becomes the one that fits its kind, `overdue` asks for the time. What somebody wrote
    unnamed is found by their id for themselves alone.
    """
    if given.get("author") == actor.member_id:
        given = {"own": actor.member_id, **given}
        del given["author"]
    told = {name: value for name, value in given.items() if name != "under"}
    names, told = settled(told)
    more = {"at": now()} if "overdue" in told else dict[str, Any]()
    if "under" in given:
        name, where = await _placed(tx, actor, given["under"])
        names, more = names | {name}, more | where
    return names, told | more


async def _placed(tx: Transaction, actor: Actor, under: UUID) -> tuple[str, dict[str, Any]]:
    """The filter that fits the kind of a subject, and its parameters."""
    subject = await tx.row(_KIND, organization_id=actor.organization_id, under=under)
    name = _BY_KIND.get(subject["kind"] if subject else "", "alone")
    more = {"stage_journey": subject["journey_id"]} if subject and name == "stage" else {}
    return name, {name: under} | more
