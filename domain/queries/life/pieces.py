"""Many pieces of one map at once, for changing them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Table, Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Transaction
from domain.models.base import Base
from domain.queries.life.states import PIECES, Mapped
from domain.queries.readers import ORGANIZATION

_IDS = bindparam("ids", type_=ARRAY(Uuid()))


async def pieces(
    tx: Transaction, actor: Actor, wanted: Mapping[str, Iterable[UUID]]
) -> dict[UUID, Mapped]:
    """The entities of these ids, by kind; their links are filled."""
    found: dict[UUID, Mapped] = {}
    session = await tx.session()
    for kind, ids in wanted.items():
        model: Any = PIECES[kind]
        given = {"organization_id": actor.organization_id, "ids": list(ids)}
        chosen = select(model).where(model.organization_id == ORGANIZATION, model.id == _IDS.any_())
        entities = list(await session.scalars(chosen, given))
        for name, (table, column) in model.links.items():
            links: Table = Base.metadata.tables[table]
            of = (links.c.organization_id == ORGANIZATION, links.c.id == _IDS.any_())
            rows = await session.execute(select(links.c.id, links.c[column]).where(*of), given)
            by_id: dict[UUID, list[UUID]] = {}
            for one, linked in rows:
                by_id.setdefault(one, []).append(linked)
            for entity in entities:
                setattr(entity, name, sorted(by_id.get(entity.id, ())))
        found |= {entity.id: entity for entity in entities}
    return found
