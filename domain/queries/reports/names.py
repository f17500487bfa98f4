"""The names that ids on a map stand for, in one statement."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, select, union_all

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.channels import Channel
from domain.models.maps.personas import Persona
from domain.queries.readers import ORGANIZATION

_WANTED = bindparam("ids", type_=ARRAY(Uuid()))
_NAMED: tuple[Any, ...] = (Member, Department, Channel, Persona)
_NAMES = hot(
    union_all(
        *(
            select(one.id, one.name).where(
                one.organization_id == ORGANIZATION, one.id == _WANTED.any_()
            )
            for one in _NAMED
        )
    )
)


async def names(tx: Transaction, actor: Actor, ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """Names of members, departments, channels and personas, removed ones too, by id.

    Every member may know these names. Of an erased member the name is empty.
    """
    wanted = list({one for one in ids if one is not None})
    rows = await tx.rows(_NAMES, organization_id=actor.organization_id, ids=wanted)
    return {row["id"]: row["name"] for row in rows}
