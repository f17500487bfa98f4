"""Storing a new entity on the fast lane: one compiled INSERT, run by the driver."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert

from domain.database import Hot, Transaction, hot
from domain.models.base import Recorded


@cache
def _insert(model: type[Recorded]) -> Hot:
    table: Any = model.__table__  # type: ignore[attr-defined]
    return hot(insert(table).values({c.name: bindparam(c.name, type_=c.type) for c in table.c}))


async def store(tx: Transaction, entity: Recorded) -> None:
    """Insert an entity without a session; it cannot be changed afterwards in this transaction."""
    statement = _insert(type(entity))
    await tx.run(statement, **{name: getattr(entity, name) for name in statement.names})
