"""Journeys that hardly anybody sees and whose owner cannot act: told by title and owner only."""

from functools import cache
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, or_, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ORGANIZATION, is_draft
from domain.words import MemberStatus


def _orphans() -> Select[UUID, str, UUID, int]:
    return (
        select(Journey.id, Journey.title, Journey.owner_id, Journey.version)
        .join(
            Member,
            (Member.organization_id == Journey.organization_id) & (Member.id == Journey.owner_id),
        )
        .where(
            Journey.organization_id == ORGANIZATION,
            or_(is_draft(), Journey.restricted),
            Member.status == MemberStatus.SUSPENDED.value,
        )
    )


@cache
def _list(paged: bool) -> Hot:
    statement = _orphans()
    if paged:
        statement = statement.where(Journey.id > bindparam("after", type_=Uuid()))
    return hot(statement.order_by(Journey.id).limit(bindparam("limit")))


_ONE = hot(_orphans().where(Journey.id == bindparam("id", type_=Uuid())))


async def list_orphans(tx: Transaction, actor: Actor, page: PageRequest) -> Page:
    """A page of restricted journeys and drafts whose owner is suspended, oldest first."""
    bound = binding("orphans", {})
    last = decode_id(bound, page.cursor)
    after = {} if last is None else {"after": last}
    rows = await tx.rows(
        _list(last is not None),
        organization_id=actor.organization_id,
        **after,
        limit=page.limit + 1,
    )
    return cut_by_id(rows, page.limit, bound)


async def orphan(tx: Transaction, actor: Actor, journey_id: UUID) -> Row | None:
    """The journey, if it is one of these."""
    return await tx.row(_ONE, organization_id=actor.organization_id, id=journey_id)
