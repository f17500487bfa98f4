"""Who has rights on a journey."""

from functools import cache
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.models.maps.journeys import Grant
from domain.queries.maps.places import place
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id


@cache
def _list(paged: bool) -> Hot:
    statement = select(*Grant.__table__.c).where(
        Grant.organization_id == bindparam("organization_id"),
        Grant.journey_id == bindparam("journey_id"),
        Grant.removed_at.is_(None),
    )
    if paged:
        statement = statement.where(Grant.id > bindparam("after", type_=Uuid()))
    return hot(statement.order_by(Grant.id).limit(bindparam("limit")))


async def list_grants(tx: Transaction, actor: Actor, journey_id: UUID, page: PageRequest) -> Page:
    """A page of the grants on a journey, oldest first; NotFound when the actor may not see it."""
    await place(tx, actor, journey_id)
    bound = binding("grants", {"journey": journey_id})
    last = decode_id(bound, page.cursor)
    after = {} if last is None else {"after": last}
    rows = await tx.rows(
        _list(last is not None),
        organization_id=actor.organization_id,
        journey_id=journey_id,
        **after,
        limit=page.limit + 1,
    )
    return cut_by_id(rows, page.limit, bound)


_EDITS = hot(
    select(Grant.id).where(
        Grant.organization_id == bindparam("organization_id"),
        Grant.journey_id == bindparam("journey_id"),
        Grant.member_id == bindparam("member_id", type_=Uuid()),
        Grant.role == bindparam("role"),
        Grant.removed_at.is_(None),
    )
)


async def holds(
    tx: Transaction, actor: Actor, journey_id: UUID, member_id: UUID, role: str
) -> bool:
    """Whether a member holds a role on a journey by a grant of their own."""
    given = {"journey_id": journey_id, "member_id": member_id, "role": role}
    found = await tx.value(_EDITS, organization_id=actor.organization_id, **given)
    return found is not None
