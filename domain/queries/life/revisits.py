"""Revisits of journeys as a member sees them."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.models.life.editions import Revisit
from domain.models.maps.journeys import Journey
from domain.queries.life.states import present_revision
from domain.queries.listing import newest
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ORGANIZATION, journey_visible


def visible_revisits() -> Select[Any]:
    """The one way to select revisits: of journeys that the reader may see."""
    return (
        select(*Revisit.__table__.c)
        .join(
            Journey,
            (Journey.organization_id == Revisit.organization_id)
            & (Journey.id == Revisit.journey_id),
        )
        .where(Revisit.organization_id == ORGANIZATION, journey_visible())
    )


@cache
def _list(_: frozenset[str], paged: bool) -> Hot:
    listed = visible_revisits().where(Revisit.journey_id == bindparam("journey_id", type_=Uuid()))
    if paged:
        listed = listed.where(Revisit.id < bindparam("before", type_=Uuid()))
    return hot(listed.order_by(Revisit.id.desc()).limit(bindparam("limit", type_=BigInteger())))


async def list_revisits(tx: Transaction, actor: Actor, journey_id: UUID, page: PageRequest) -> Page:
    """A page of a journey's revisits, newest first; NotFound when the actor may not see it."""
    found = await newest(tx, actor, "revisits", _list, {"journey_id": journey_id}, page)
    if not found.rows:
        await present_revision(tx, actor, journey_id)
    return found
