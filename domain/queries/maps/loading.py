"""Loading entities by their ids, for changing them, with their links filled."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ARRAY, Table, Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.models.base import Base, Recorded

T = TypeVar("T", bound=Recorded)

ORGANIZATION = bindparam("organization_id", type_=Uuid())


async def entities(
    tx: Transaction, actor: Actor, models: Iterable[type[Recorded]], ids: list[UUID]
) -> dict[UUID, Recorded]:
    """Those of the models that have one of the ids."""
    if not ids:
        return {}
    found: dict[UUID, Recorded] = {}
    for model in models:
        found |= {one.id: one for one in await _loaded(tx, actor, model, ids)}
    return found


async def _loaded(tx: Transaction, actor: Actor, model: type[T], ids: list[UUID]) -> list[T]:
    """Entities by their ids, links filled, two statements for each kind at the most."""
    session = await tx.session()
    wanted = select(model).where(
        model.organization_id == actor.organization_id, model.id == _array(ids).any_()
    )
    # An import reads before it holds anything, and again afterwards.
    anew = wanted.execution_options(populate_existing=True)
    found = list(await session.scalars(anew))
    for name, (table, column) in model.links.items():
        rows = await tx.rows(_links(table, column), organization_id=actor.organization_id, ids=ids)
        linked: dict[UUID, list[UUID]] = defaultdict(list)
        for row in rows:
            linked[row["id"]].append(row[column])
        for one in found:
            setattr(one, name, sorted(linked[one.id]))
    return found


def _array(ids: list[UUID]) -> Any:
    return bindparam(None, ids, type_=ARRAY(Uuid()))


@cache
def _links(table: str, column: str) -> Hot:
    links: Table = Base.metadata.tables[table]
    ids: Any = bindparam("ids", type_=ARRAY(Uuid()))
    return hot(
        select(links.c.id, links.c[column]).where(
            links.c.organization_id == ORGANIZATION, links.c.id == ids.any_()
        )
    )
