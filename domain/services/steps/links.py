"""Link tables (a touchpoint's channels, a journey's personas), kept beside their entity."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, insert

from domain.database import Transaction
from domain.models.base import Base, Recorded
from domain.queries.links import linked
from domain.services.steps.changing import change, touch


async def load_links(tx: Transaction, entity: Recorded) -> None:
    """Fill every link attribute of an entity that was loaded."""
    for name, (table, column) in entity.links.items():
        setattr(entity, name, await linked(tx, table, column, entity))


async def put_links(tx: Transaction, entity: Recorded, name: str, ids: Iterable[UUID]) -> None:
    """Replace one link attribute of an entity that is stored already; order does not matter."""
    wanted = sorted(set(ids))
    table, column = entity.links[name]
    key = {"organization_id": entity.organization_id, "id": entity.id}
    links: Table = Base.metadata.tables[table]
    session = await tx.session()
    await session.execute(delete(links).where(*(links.c[k] == v for k, v in key.items())))
    if wanted:
        await session.execute(insert(links), [key | {column: item} for item in wanted])
    setattr(entity, name, wanted)


async def change_all(tx: Transaction, entity: Recorded, changes: Mapping[str, Any]) -> bool:
    """Set fields and links of an entity, one version further; False when nothing differs."""
    links = {n: sorted(set(ids)) for n, ids in changes.items() if n in entity.links}
    differing = {name: ids for name, ids in links.items() if getattr(entity, name) != ids}
    for name, ids in differing.items():
        await put_links(tx, entity, name, ids)
    if change(entity, {n: value for n, value in changes.items() if n not in entity.links}):
        return True
    if differing:
        touch(entity)
    return bool(differing)


async def replace_links(
    tx: Transaction, name: str, wanted: Sequence[tuple[Recorded, Iterable[UUID]]]
) -> None:
    """Replace one link attribute of many entities that are stored already: two statements."""
    if not wanted:
        return
    first = wanted[0][0]
    links: Table = Base.metadata.tables[first.links[name][0]]
    ids = [entity.id for entity, _ in wanted]
    of = (links.c.organization_id == first.organization_id, links.c.id.in_(ids))
    await (await tx.session()).execute(delete(links).where(*of))
    await add_links(tx, name, wanted)


async def add_links(
    tx: Transaction, name: str, wanted: Sequence[tuple[Recorded, Iterable[UUID]]]
) -> None:
    """Fill one link attribute of many entities that are new: one statement for all of them."""
    rows: list[dict[str, UUID]] = []
    for entity, ids in wanted:
        chosen = sorted(set(ids))
        column = entity.links[name][1]
        key = {"organization_id": entity.organization_id, "id": entity.id}
        rows += [key | {column: item} for item in chosen]
        setattr(entity, name, chosen)
    if rows:
        links: Table = Base.metadata.tables[wanted[0][0].links[name][0]]
        await (await tx.session()).execute(insert(links), rows)
