"""A member's own support for an annotation."""

from uuid import UUID

from sqlalchemy import bindparam, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.voices.supports import Support

_MINE = hot(
    select(*Support.__table__.c).where(
        Support.organization_id == bindparam("organization_id"),
        Support.annotation_id == bindparam("annotation_id"),
        Support.member_id == bindparam("me"),
    )
)


async def own_support(tx: Transaction, actor: Actor, annotation_id: UUID) -> Support | None:
    """The row of one's own support, also when it was taken back."""
    row = await tx.row(
        _MINE,
        organization_id=actor.organization_id,
        annotation_id=annotation_id,
        me=actor.member_id,
    )
    return None if row is None else Support(**dict(row.items()))
