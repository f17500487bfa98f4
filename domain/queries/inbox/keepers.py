"""Whom to tell that a webhook was disabled: people who can do something about it."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, and_, bindparam, cast, func, literal, or_, select

from domain.database import Row, Transaction, hot
from domain.models.identity.members import Member
from domain.models.inbox.preferences import Preference
from domain.models.integration.webhooks import Webhook
from domain.queries.readers import ORGANIZATION
from domain.talk import NotificationReason
from domain.words import MemberKind, MemberStatus

_NAMED: Any = or_(Member.id == Webhook.member_id, Member.id == Webhook.created_by)
_MUTED = (
    literal(NotificationReason.WEBHOOK.value)
    == func.coalesce(Preference.muted_reasons, cast([], ARRAY(Text()))).any_()
)
_KEEPERS = hot(
    select(Webhook.id, Member.id.label("member_id"), _NAMED.label("named"), _MUTED.label("muted"))
    .join(Member, and_(Member.organization_id == ORGANIZATION, or_(Member.administrator, _NAMED)))
    .outerjoin(
        Preference,
        and_(Preference.organization_id == ORGANIZATION, Preference.member_id == Member.id),
    )
    .where(
        Webhook.organization_id == ORGANIZATION,
        Webhook.id == bindparam("ids", type_=ARRAY(Uuid())).any_(),
        Member.status == MemberStatus.ACTIVE.value,
        Member.kind == MemberKind.PERSON.value,
    )
)


async def keepers(tx: Transaction, webhook_ids: Collection[UUID]) -> Sequence[Row]:
    """Administrators and those who are `named` in the webhooks: id, member_id, named, muted."""
    return await tx.rows(_KEEPERS, organization_id=tx.organization_id, ids=list(webhook_ids))
