"""Link tables (a touchpoint's channels, a journey's personas), kept beside their entity."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Table, delete, insert

from domain.database import Transaction
from domain.models.base import Base, Recorded
from domain.queries.links import linked


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
