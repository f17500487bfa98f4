"""Flags: for those who judge them and for who raised them, and for nobody else."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    literal,
    or_,
    select,
)

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.maps.journeys import Journey
from domain.models.voices.annotations import Annotation
from domain.models.voices.flags import Flag
from domain.models.voices.replies import Reply
from domain.queries.listing import newest
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ME, ORGANIZATION, journey_visible, reader
from domain.queries.voices.visibility import annotation_visible, mine, moderated_by_me
from domain.talk import FlagStatus
from domain.words import SubjectKind


def judged_by_me() -> ColumnElement[bool]:
    """Whether the reader moderates what was said and did not say it: nobody judges themselves.

    The journey, the annotation and (outer) the reply are joined.
    """
    own = case((Reply.id.is_not(None), mine(Reply)), else_=mine(Annotation))
    return and_(annotation_visible(), or_(Journey.owner_id == ME, moderated_by_me()), ~own)


def flag_told() -> ColumnElement[bool]:
    """Whether the reader may know of a flag, in a journey they see."""
    return or_(Flag.member_id == ME, judged_by_me())


_STATUS = case(
    (Flag.settled_at.is_(None), literal(FlagStatus.OPEN.value)),
    else_=literal(FlagStatus.SETTLED.value),
)
_TARGET_KIND = case(
    (Reply.id.is_not(None), literal(SubjectKind.REPLY.value)),
    else_=literal(SubjectKind.ANNOTATION.value),
)


def _visible() -> Select[Any]:
    told = (_STATUS.label("status"), _TARGET_KIND.label("target_kind"))
    return (
        select(*Flag.__table__.c, *told)
        .join(
            Journey,
            (Journey.organization_id == Flag.organization_id) & (Journey.id == Flag.journey_id),
        )
        .join(
            Annotation,
            (Annotation.organization_id == Flag.organization_id)
            & (Annotation.id == Flag.annotation_id),
        )
        .outerjoin(
            Reply,
            (Reply.organization_id == Flag.organization_id) & (Reply.id == Flag.target_id),
        )
        .where(Flag.organization_id == ORGANIZATION, journey_visible(), flag_told())
    )


_FILTERS: Mapping[str, ColumnElement[bool]] = {
    "journey": Flag.journey_id == bindparam("journey", type_=Uuid()),
    "status": _STATUS == bindparam("status", type_=Text()),
}
_ONE = hot(_visible().where(Flag.id == bindparam("id", type_=Uuid())))
_MINE = hot(
    select(*Flag.__table__.c).where(
        Flag.organization_id == ORGANIZATION,
        Flag.target_id == bindparam("target_id", type_=Uuid()),
        Flag.member_id == ME,
        Flag.settled_at.is_(None),
    )
)


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    statement = _visible().where(*(_FILTERS[name] for name in sorted(filters)))
    if paged:
        statement = statement.where(Flag.id < bindparam("before", type_=Uuid()))
    return hot(statement.order_by(Flag.id.desc()).limit(bindparam("limit")))


async def list_flags(
    tx: Transaction,
    actor: Actor,
    journey_id: UUID,
    status: FlagStatus | None,
    page: PageRequest,
) -> Page:
    """A page of the flags in a journey that the actor may know of, newest first."""
    filters = {"journey": journey_id, "status": status and status.value}
    return await newest(tx, actor, "flags", _list, filters, page)


async def flag(tx: Transaction, actor: Actor, flag_id: UUID) -> Row:
    """One flag; NotFound when the actor may not know of it."""
    row = await tx.row(_ONE, id=flag_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def own_open_flag(tx: Transaction, actor: Actor, target_id: UUID) -> Flag | None:
    """The actor's flag on something, until it is settled."""
    given = {"organization_id": actor.organization_id, "me": actor.member_id}
    row = await tx.row(_MINE, target_id=target_id, **given)
    return None if row is None else Flag(**dict(row.items()))


async def open_flags_on(tx: Transaction, actor: Actor, target_id: UUID) -> list[Flag]:
    """Every flag on something that waits to be settled, for changing it."""
    session = await tx.session()
    waiting = select(Flag).where(
        Flag.organization_id == actor.organization_id,
        Flag.target_id == target_id,
        Flag.settled_at.is_(None),
    )
    return list(await session.scalars(waiting.order_by(Flag.id)))
