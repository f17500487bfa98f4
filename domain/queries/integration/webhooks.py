"""Webhooks, for those who manage them, and for those who tell them what happened."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, func, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.integration import DeliveryStatus, WebhookStatus
from domain.models.identity.members import Member
from domain.models.integration.webhooks import Delivery, Webhook, WebhookHealth
from domain.queries.listing import newest_of_all
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ORGANIZATION
from domain.words import MemberStatus

_SECRETS = ("secret", "previous_secret")
_TOLD = [column for column in Webhook.__table__.c if column.key not in _SECRETS]
_PENDING = (
    select(func.count())
    .where(
        Delivery.organization_id == ORGANIZATION,
        Delivery.webhook_id == Webhook.id,
        Delivery.status == DeliveryStatus.PENDING.value,
    )
    .correlate(Webhook)
    .scalar_subquery()
)
_HERE = and_(Webhook.organization_id == ORGANIZATION, Webhook.removed_at.is_(None))
_WEBHOOKS = (
    select(
        *_TOLD,
        WebhookHealth.delivered_at,
        WebhookHealth.tried_at,
        WebhookHealth.failing_since,
        WebhookHealth.quiet_until,
        _PENDING.label("pending"),
    )
    .outerjoin(
        WebhookHealth,
        and_(WebhookHealth.organization_id == ORGANIZATION, WebhookHealth.id == Webhook.id),
    )
    .where(_HERE)
)
_ID = bindparam("id", type_=Uuid())
_ONE = hot(_WEBHOOKS.where(Webhook.id == _ID))
_NEWEST = _WEBHOOKS.order_by(Webhook.id.desc()).limit(bindparam("limit"))
_LIST, _FURTHER = hot(_NEWEST), hot(_NEWEST.where(Webhook.id < bindparam("before", type_=Uuid())))
_COUNT = hot(select(func.count()).select_from(Webhook).where(_HERE))
_KIND = hot(
    select(Member.kind).where(
        Member.organization_id == ORGANIZATION,
        Member.id == _ID,
        Member.status == MemberStatus.ACTIVE.value,
    )
)
_LISTENING = hot(
    select(
        Webhook.id, Webhook.member_id, Webhook.journey_id, Webhook.events, Webhook.enabled_at
    ).where(_HERE, Webhook.status != WebhookStatus.DISABLED.value)
)


def _list(_: frozenset[str], paged: bool) -> Hot:
    return _FURTHER if paged else _LIST


async def list_webhooks(tx: Transaction, actor: Actor, page: PageRequest) -> Page:
    """A page of webhooks, newest first."""
    return await newest_of_all(tx, actor, "webhooks", _list, {}, page)


async def webhook(tx: Transaction, actor: Actor, webhook_id: UUID) -> Row:
    """One webhook and how it fares, without its secrets; NotFound without one."""
    row = await tx.row(_ONE, organization_id=actor.organization_id, id=webhook_id)
    if row is None:
        raise NotFound
    return row


async def webhook_count(tx: Transaction, actor: Actor) -> int:
    """How many webhooks there are."""
    return int(await tx.value(_COUNT, organization_id=actor.organization_id))


async def kind_of(tx: Transaction, member_id: UUID) -> str | None:
    """Whether an active member is a person or a program; None without one."""
    found: str | None = await tx.value(_KIND, organization_id=tx.organization_id, id=member_id)
    return found


async def listening(tx: Transaction) -> Sequence[Row]:
    """Those that want to hear: active and paused ones."""
    return await tx.rows(_LISTENING, organization_id=tx.organization_id)
