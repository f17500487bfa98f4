"""Annotations as a member sees them, on the fast lane."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Text, Uuid, bindparam, func, or_, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.maps.journeys import Journey
from domain.models.maps.touchpoints import Touchpoint
from domain.models.voices.annotations import Annotation, Reply, Support
from domain.queries.maps.places import ROLES
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ME, ORGANIZATION, journey_visible, reader
from domain.queries.voices.visibility import STATUS, annotation_visible

_REPLIES = (
    select(func.count())
    .where(
        Reply.organization_id == Annotation.organization_id, Reply.annotation_id == Annotation.id
    )
    .correlate(Annotation)
    .scalar_subquery()
)
_SUPPORTERS = (
    Support.organization_id == Annotation.organization_id,
    Support.annotation_id == Annotation.id,
    Support.removed_at.is_(None),
)
_SUPPORTS = select(func.count()).where(*_SUPPORTERS).correlate(Annotation).scalar_subquery()
_MINE = (
    select(func.count() > 0)
    .where(*_SUPPORTERS, Support.member_id == ME)
    .correlate(Annotation)
    .scalar_subquery()
)


def visible_annotations() -> Select[Any]:
    """The one way to select annotations: only what the reader may see."""
    return (
        select(
            *Annotation.__table__.c,
            STATUS.label("status"),
            _REPLIES.label("reply_count"),
            _SUPPORTS.label("support_count"),
            _MINE.label("supported_by_me"),
            Journey.owner_id,
            Journey.status.label("journey_status"),
            Journey.locked_at,
            ROLES.label("roles"),
        )
        .join(
            Journey,
            (Journey.organization_id == Annotation.organization_id)
            & (Journey.id == Annotation.journey_id),
        )
        .where(Annotation.organization_id == ORGANIZATION, journey_visible(), annotation_visible())
    )


def _any(name: str, kind: Any) -> Any:
    return bindparam(name, type_=ARRAY(kind)).any_()


def _under() -> ColumnElement[bool]:
    """On the subject itself, or on anything at that touchpoint or at a touchpoint of that stage."""
    under: Any = bindparam("under", type_=Uuid())
    of_stage = select(Touchpoint.id).where(
        Touchpoint.organization_id == ORGANIZATION, Touchpoint.stage_id == under
    )
    return or_(
        Annotation.subject_id == under,
        Annotation.touchpoint_id == under,
        Annotation.touchpoint_id.in_(of_stage),
    )


FILTERS: Mapping[str, ColumnElement[bool]] = {
    "journey": Annotation.journey_id == bindparam("journey", type_=Uuid()),
    "under": _under(),
    "subject": Annotation.subject_id == bindparam("subject", type_=Uuid()),
    "kind": Annotation.kind == _any("kind", Text()),
    "status": STATUS == _any("status", Text()),
    "group": Annotation.author_group == _any("group", Text()),
    "department": Annotation.author_department_id == bindparam("department", type_=Uuid()),
    "author": Annotation.author_id == bindparam("author", type_=Uuid()),
    "assignee": Annotation.assignee_id == bindparam("assignee", type_=Uuid()),
}


@cache
def list_statement(filters: frozenset[str], paged: bool) -> Hot:
    """The statement of a list with these filters, for a first page or for one after a cursor."""
    statement = visible_annotations().where(*(FILTERS[name] for name in sorted(filters)))
    if "status" not in filters:
        statement = statement.where(
            Annotation.hidden_at.is_(None), Annotation.withdrawn_at.is_(None)
        )
    if paged:
        statement = statement.where(Annotation.id < bindparam("before", type_=Uuid()))
    return hot(statement.order_by(Annotation.id.desc()).limit(bindparam("limit")))


_ONE = hot(visible_annotations().where(Annotation.id == bindparam("id", type_=Uuid())))


async def list_annotations(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of annotations, newest first; without `status` only open and resolved ones."""
    given = {name: value for name, value in filters.items() if value is not None}
    bound = binding("annotations", given)
    before = decode_id(bound, page.cursor)
    after = {} if before is None else {"before": before}
    statement = list_statement(frozenset(given), before is not None)
    rows = await tx.rows(statement, **reader(actor), **given, **after, limit=page.limit + 1)
    return cut_by_id(rows, page.limit, bound)


async def annotation(tx: Transaction, actor: Actor, annotation_id: UUID) -> Row:
    """One annotation, whatever its status; NotFound when the actor may not see it."""
    row = await tx.row(_ONE, id=annotation_id, **reader(actor))
    if row is None:
        raise NotFound
    return row
