"""The organization's channels."""

from functools import cache

from sqlalchemy import Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.models.maps.channels import Channel
from domain.queries.listing import oldest_of_all
from domain.queries.page import Page, PageRequest


@cache
def _list(paged: bool) -> Hot:
    statement = select(*Channel.__table__.c).where(
        Channel.organization_id == bindparam("organization_id"), Channel.removed_at.is_(None)
    )
    if paged:
        statement = statement.where(Channel.id > bindparam("after", type_=Uuid()))
    return hot(statement.order_by(Channel.id).limit(bindparam("limit")))


async def list_channels(tx: Transaction, actor: Actor, page: PageRequest) -> Page:
    """A page of channels, in the order in which they were added."""
    return await oldest_of_all(tx, actor, "channels", _list, page)
