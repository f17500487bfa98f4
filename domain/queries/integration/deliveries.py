"""The log of a webhook: what was to be delivered, and each attempt at it."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, and_, bindparam, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.identity.members import Member
from domain.models.integration.webhooks import Attempt, Delivery, Webhook
from domain.queries.listing import newest_of_all
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ORGANIZATION

_ID = bindparam("id", type_=Uuid())
_DELIVERIES = (
    select(
        *Delivery.__table__.c,
        Webhook.member_id,
        Webhook.status.label("webhook_status"),
        Member.kind.label("member_kind"),
    )
    .join(Webhook, and_(Webhook.organization_id == ORGANIZATION, Webhook.id == Delivery.webhook_id))
    .join(Member, and_(Member.organization_id == ORGANIZATION, Member.id == Webhook.member_id))
    .where(Delivery.organization_id == ORGANIZATION, Webhook.removed_at.is_(None))
)
_ONE = hot(_DELIVERIES.where(Delivery.id == _ID))
_HELD = hot(_DELIVERIES.where(Delivery.id == _ID).with_for_update(of=Delivery))
_ATTEMPTS = hot(
    select(*Attempt.__table__.c)
    .where(Attempt.organization_id == ORGANIZATION, Attempt.delivery_id == _ID)
    .order_by(Attempt.number, Attempt.id)
    .limit(200)
)
FILTERS: Mapping[str, Any] = {
    "webhook": Delivery.webhook_id == bindparam("webhook", type_=Uuid()),
    "status": Delivery.status == bindparam("status", type_=ARRAY(Text())).any_(),
    "event": Delivery.event == bindparam("event", type_=ARRAY(Text())).any_(),
}


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    statement = _DELIVERIES.where(*(FILTERS[name] for name in sorted(filters)))
    if paged:
        statement = statement.where(Delivery.id < bindparam("before", type_=Uuid()))
    return hot(statement.order_by(Delivery.id.desc()).limit(bindparam("limit")))


async def list_deliveries(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of what was to be delivered to a webhook, newest first."""
    return await newest_of_all(tx, actor, "deliveries", _list, filters, page)


async def delivery(tx: Transaction, actor: Actor, delivery_id: UUID, held: bool = False) -> Row:
    """One delivery, held against those who try it if asked for; NotFound without one."""
    statement = _HELD if held else _ONE
    row = await tx.row(statement, organization_id=actor.organization_id, id=delivery_id)
    if row is None:
        raise NotFound
    return row


async def attempts(tx: Transaction, actor: Actor, delivery_id: UUID) -> Sequence[Row]:
    """The attempts at a delivery, in their order."""
    return await tx.rows(_ATTEMPTS, organization_id=actor.organization_id, id=delivery_id)
