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
from domain.words import MemberStatus

Referable = type[Channel] | type[Department] | type[Persona] | type[Member]


@cache
def _existing(model: Referable) -> Hot:
    usable = (
        Member.status == MemberStatus.ACTIVE.value
        if model is Member
        else model.removed_at.is_(None)  # type: ignore[union-attr]
    )
    return hot(
        select(model.id).where(
            model.organization_id == bindparam("organization_id"),
            model.id == bindparam("ids", type_=ARRAY(Uuid())).any_(),
            usable,
        )
    )


async def existing(
    tx: Transaction, actor: Actor, model: Referable, ids: Sequence[UUID]
) -> set[UUID]:
    """Those of the ids that the organization has."""
    rows = await tx.rows(_existing(model), organization_id=actor.organization_id, ids=list(ids))
    return {row["id"] for row in rows}
