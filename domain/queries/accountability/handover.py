"""What one member answers for, all of it, for handing it over."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.accountability.responsibilities import Responsibility
from domain.queries.accountability.answering import LIVE
from domain.queries.accountability.responsibilities import visible_responsibilities
from domain.queries.readers import ORGANIZATION, reader

_THEIRS = Responsibility.member_id == bindparam("member_id", type_=Uuid())
_LIVE_OF = hot(visible_responsibilities().where(_THEIRS, LIVE).order_by(Responsibility.id))
_ROLES_OF = hot(
    select(Responsibility.moment_id, Responsibility.role).where(
        Responsibility.organization_id == ORGANIZATION, _THEIRS, LIVE
    )
)


async def live_of(tx: Transaction, actor: Actor, member_id: UUID) -> Sequence[Row]:
    """Every live responsibility of a member that the actor may see, oldest first."""
    return await tx.rows(_LIVE_OF, **reader(actor), member_id=member_id)


async def roles_of(tx: Transaction, actor: Actor, member_id: UUID) -> set[tuple[UUID, str]]:
    """The moments a member answers for already, and how; seen or not."""
    given = {"organization_id": actor.organization_id, "member_id": member_id}
    return {(row["moment_id"], row["role"]) for row in await tx.rows(_ROLES_OF, **given)}
