"""What a list of annotations may be narrowed to."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Text, Uuid, and_, bindparam, or_, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.maps.touchpoints import Touchpoint
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.readers import ORGANIZATION
from domain.queries.voices.visibility import STATUS
from domain.words import SubjectKind


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


FILTERS: Mapping[str, ColumnElement[bool]] = {
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
    "assignee": _is(Annotation.assignee_id, "assignee"),
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
    """The filters to apply and their parameters; `under` becomes the one that fits its kind."""
    if "under" not in given:
        return frozenset(given), dict(given)
    others = {name: value for name, value in given.items() if name != "under"}
    under = given["under"]
    subject = await tx.row(_KIND, organization_id=actor.organization_id, under=under)
    name = _BY_KIND.get(subject["kind"] if subject else "", "alone")
    more = {"stage_journey": subject["journey_id"]} if subject and name == "stage" else {}
    return frozenset({*others, name}), others | {name: under} | more
