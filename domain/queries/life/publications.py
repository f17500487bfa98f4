"""Publications as a member sees them: how many have read it; who, only for who published."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Uuid,
    bindparam,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.identity.members import Member
from domain.models.life.editions import Publication, PublicationDepartment, Receipt
from domain.models.maps.journeys import Journey
from domain.queries.life.states import present_revision
from domain.queries.listing import newest
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ME, MY_GROUP, ORGANIZATION, journey_visible, reader
from domain.roles import Group
from domain.words import MemberStatus

_NOBODY: ColumnElement[Any] = literal_column("'{}'::uuid[]")
_SEES_NAMES = or_(Journey.owner_id == ME, MY_GROUP == literal(Group.EXECUTIVE.value))
_OURS = (
    Receipt.organization_id == Publication.organization_id,
    Receipt.publication_id == Publication.id,
)
_DEPARTMENTS = (
    select(func.coalesce(func.array_agg(PublicationDepartment.department_id), _NOBODY))
    .where(
        PublicationDepartment.organization_id == Publication.organization_id,
        PublicationDepartment.id == Publication.id,
    )
    .correlate(Publication)
    .scalar_subquery()
)


def receipt_told() -> ColumnElement[bool]:
    """Whether the reader may know of a receipt in a journey they see, which is joined.

    It is for whoever it is asked of, for the owner and for executives.
    """
    return or_(Receipt.member_id == ME, _SEES_NAMES)


def _read() -> Any:
    """How many have read it, and who is still waited for: who is gone has nothing to say."""
    waiting = Receipt.acknowledged_at.is_(None) & (Member.status == MemberStatus.ACTIVE.value)
    ids = func.array_agg(aggregate_order_by(Receipt.member_id, Receipt.member_id))
    return (
        select(
            func.count().filter(Receipt.acknowledged_at.is_not(None)).label("acknowledged"),
            func.count().filter(waiting).label("waiting"),
            func.coalesce(ids.filter(waiting), _NOBODY).label("waiting_member_ids"),
        )
        .join(
            Member,
            (Member.organization_id == Receipt.organization_id) & (Member.id == Receipt.member_id),
        )
        .where(*_OURS)
        .correlate(Publication)
        .lateral("read")
    )


def visible_publications() -> Select[Any]:
    """The one way to select publications: of journeys that the reader may see."""
    read, mine = _read(), Receipt.__table__.alias("mine")
    return (
        select(
            *Publication.__table__.c,
            _DEPARTMENTS.label("department_ids"),
            read.c.acknowledged,
            read.c.waiting,
            read.c.waiting_member_ids,
            mine.c.id.label("my_id"),
            mine.c.acknowledged_at.label("my_acknowledged_at"),
            _SEES_NAMES.label("sees_names"),
        )
        .join(
            Journey,
            (Journey.organization_id == Publication.organization_id)
            & (Journey.id == Publication.journey_id),
        )
        .join(read, literal_column("true"))
        .outerjoin(
            mine,
            (mine.c.organization_id == ORGANIZATION)
            & (mine.c.publication_id == Publication.id)
            & (mine.c.member_id == ME),
        )
        .where(Publication.organization_id == ORGANIZATION, journey_visible())
    )


_ONE = hot(visible_publications().where(Publication.id == bindparam("id", type_=Uuid())))
_MINE = hot(
    select(Receipt.id).where(
        Receipt.organization_id == ORGANIZATION,
        Receipt.publication_id == bindparam("id", type_=Uuid()),
        Receipt.member_id == ME,
    )
)


@cache
def _list(_: frozenset[str], paged: bool) -> Hot:
    of = Publication.journey_id == bindparam("journey_id", type_=Uuid())
    listed = visible_publications().where(of)
    if paged:
        listed = listed.where(Publication.id < bindparam("before", type_=Uuid()))
    limit = bindparam("limit", type_=BigInteger())
    return hot(listed.order_by(Publication.id.desc()).limit(limit))


async def list_publications(
    tx: Transaction, actor: Actor, journey_id: UUID, page: PageRequest
) -> Page:
    """A page of a journey's publications, newest first; NotFound when it is not to be seen."""
    found = await newest(tx, actor, "publications", _list, {"journey_id": journey_id}, page)
    if not found.rows:
        await present_revision(tx, actor, journey_id)
    return found


async def publication(tx: Transaction, actor: Actor, publication_id: UUID) -> Row:
    """One publication of a journey the actor may see; else NotFound."""
    row = await tx.row(_ONE, id=publication_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def my_receipt(tx: Transaction, actor: Actor, publication_id: UUID) -> UUID:
    """What the actor is to acknowledge; NotFound when they are not in the audience."""
    given = {"organization_id": actor.organization_id, "me": actor.member_id}
    found: UUID | None = await tx.value(_MINE, id=publication_id, **given)
    if found is None:
        raise NotFound
    return found
