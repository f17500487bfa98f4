"""What a link table holds for one entity."""

from functools import cache
from uuid import UUID

from sqlalchemy import Table, bindparam, select

from domain.database import Hot, Transaction, hot
from domain.models.base import Base, Recorded


@cache
def _linked(table: str, column: str) -> Hot:
    links: Table = Base.metadata.tables[table]
    return hot(
        select(links.c[column])
        .where(
            links.c.organization_id == bindparam("organization_id"),
            links.c.id == bindparam("id"),
        )
        .order_by(links.c[column])
    )


async def linked(tx: Transaction, table: str, column: str, entity: Recorded) -> list[UUID]:
    """The ids that a link table holds for an entity, in order."""
    statement = _linked(table, column)
    rows = await tx.rows(statement, organization_id=entity.organization_id, id=entity.id)
    return [row[column] for row in rows]
