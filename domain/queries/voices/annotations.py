"""Annotations as a member sees them, on the fast lane."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, select, text

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.ledger import Locked
from domain.models.maps.journeys import Journey
from domain.models.voices.annotations import Annotation
from domain.queries.accountability.answering import i_answer_for
from domain.queries.held import held, hold
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.planning import plan_once
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.voices.anchors import anchored
from domain.queries.voices.filters import FILTERS, SHOWN, narrowed
from domain.queries.voices.panel import with_panel
from domain.queries.voices.visibility import (
    STATUS,
    annotation_shows,
    annotation_visible,
    mine,
    moderated_by_me,
    seen_anyway,
)

_JOURNEY = (
    Journey.owner_id,
    Journey.status.label("journey_status"),
    Journey.locked_at,
    Journey.group_voice,
    moderated_by_me().label("moderates"),
    *i_answer_for(Annotation.touchpoint_id),
)


def among_visible(*columns: Any) -> Select[Any]:
    """The one way to select annotations: only what the reader may see."""
    return _among(annotation_visible(), *columns)


def among_shown(*columns: Any) -> Select[Any]:
    """The same for what leaves the product: who wrote unnamed sees no more than anybody would."""
    return _among(annotation_shows(), *columns)


def _among(which: ColumnElement[bool], *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Annotation)
        .join(
            Journey,
            (Journey.organization_id == Annotation.organization_id)
            & (Journey.id == Annotation.journey_id),
        )
        .where(Annotation.organization_id == ORGANIZATION, journey_visible(), which)
    )


def visible_annotations() -> Select[Any]:
    """Annotations in full, with what ties the reader to their journeys."""
    own = (mine(Annotation).label("mine"), seen_anyway().label("seen_anyway"))
    return among_visible(*Annotation.__table__.c, STATUS.label("status"), *own, *_JOURNEY)


# What only a change needs: it would be decoded for every row of a list.
_UNTOLD = (
    "organization_id",
    "author_salt",
    "mentioned_member_ids",
    "mentioned_department_ids",
    "mentioned_groups",
)


@cache
def list_statement(filters: frozenset[str], paged: bool) -> Hot:
    """The statement behind a list with these filters, from its beginning or further on."""
    page = visible_annotations().where(*(FILTERS[name] for name in sorted(filters)))
    if "status" not in filters:
        page = page.where(SHOWN)
    if paged:
        page = page.where(Annotation.id < bindparam("before", type_=Uuid()))
    newest = page.order_by(Annotation.id.desc()).limit(bindparam("limit"))
    return hot(anchored(with_panel(newest), *_UNTOLD).order_by(text("id DESC")))


_ID = Annotation.id == bindparam("id", type_=Uuid())
_ONE = hot(anchored(with_panel(visible_annotations().where(_ID))))
_PLAIN = visible_annotations().where(_ID)
_HOLD = held(_PLAIN, Annotation.organization_id, Annotation.journey_id)
_SEEN = hot(among_visible(Annotation.id).where(_ID))
_SHOWS = hot(_among(annotation_shows(), Annotation.id).where(_ID))


async def list_annotations(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of annotations, newest first; without `status` only open and resolved ones."""
    given = {name: value for name, value in filters.items() if value is not None}
    bound = binding("annotations", given)
    before = decode_id(bound, page.cursor)
    after = {} if before is None else {"before": before}
    names, given = await narrowed(tx, actor, given)
    statement = list_statement(names, before is not None)
    await plan_once(tx)
    rows = await tx.rows(statement, **reader(actor), **given, **after, limit=page.limit + 1)
    return cut_by_id(rows, page.limit, bound)


async def annotation(tx: Transaction, actor: Actor, annotation_id: UUID) -> Row:
    """One annotation, whatever its status; NotFound when the actor may not see it."""
    row = await tx.row(_ONE, id=annotation_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def hold_annotation(tx: Transaction, actor: Actor, annotation_id: UUID) -> tuple[Locked, Row]:
    """Hold an annotation's journey and find it; NotFound when the actor may not see it."""
    return await hold(tx, _HOLD, _ONE, id=annotation_id, **reader(actor))


async def sees(tx: Transaction, actor: Actor, annotation_id: UUID) -> bool:
    """Whether the actor sees an annotation."""
    return await tx.row(_SEEN, id=annotation_id, **reader(actor)) is not None


async def shows(tx: Transaction, reading: Mapping[str, Any], annotation_id: UUID) -> bool:
    """Whether somebody else, given as a reader, sees an annotation, as far as anybody may know.

    Whoever wrote it unnamed is no exception: the answer would tell that it was them.
    """
    return await tx.row(_SHOWS, id=annotation_id, **reading) is not None
