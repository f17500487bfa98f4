"""Which of the things that are named exist, and have been neither removed nor suspended."""

from collections.abc import Sequence
from functools import cache
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.channels import Channel
from domain.models.maps.personas import Persona
from domain.queries.identity.people import ACTIVE_PERSON
from domain.words import MemberStatus

Referable = type[Channel] | type[Department] | type[Persona] | type[Member]


@cache
def _existing(model: Referable, programs: bool) -> Hot:
    if model is Member:
        usable = Member.status == MemberStatus.ACTIVE.value if programs else ACTIVE_PERSON
    else:
        usable = model.removed_at.is_(None)  # type: ignore[union-attr]
    return hot(
        select(model.id).where(
            model.organization_id == bindparam("organization_id"),
            model.id == bindparam("ids", type_=ARRAY(Uuid())).any_(),
            usable,
        )
    )


async def existing(
    tx: Transaction, actor: Actor, model: Referable, ids: Sequence[UUID], *, programs: bool = False
) -> set[UUID]:
    """Those of the ids that the organization has; of members people, and `programs` on demand."""
    here = {"organization_id": actor.organization_id}
    rows = await tx.rows(_existing(model, programs), ids=list(ids), **here)
    return {row["id"] for row in rows}
