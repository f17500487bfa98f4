"""Rows told as JSON by PostgreSQL itself, ready to be decoded into replies."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Select, Text, cast, func, literal_column, select

from domain.models.base import Base

_HIDDEN = ("organization_id", "removed_at")
_RFC_3339: ColumnElement[Any] = literal_column("""'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'""")
EMPTY: ColumnElement[Any] = literal_column("'[]'::json")


def instant(moment: ColumnElement[Any]) -> ColumnElement[Any]:
    """A time in UTC as replies write it, whatever the session's time zone."""
    return func.to_char(func.timezone(literal_column("'UTC'"), moment), _RFC_3339)


def columns(model: type[Base]) -> Iterator[ColumnElement[Any]]:
    """The columns of a model that its replies carry."""
    for column in model.__table__.c:
        if column.key in _HIDDEN:
            continue
        yield instant(column).label(column.key) if isinstance(column.type, DateTime) else column


def fields(**parts: ColumnElement[Any]) -> ColumnElement[Any]:
    """One JSON object of these parts."""
    told: list[ColumnElement[Any]] = []
    for name, part in parts.items():
        told += [literal_column(f"'{name}'"), part]
    return func.json_build_object(*told)


def text(told: ColumnElement[Any]) -> ColumnElement[Any]:
    """JSON as text: SQLAlchemy lets its connections decode JSON columns, slowly."""
    return cast(told, Text)


def listed(rows: Select[Any]) -> ColumnElement[Any]:
    """The rows as one JSON array, in their order."""
    source = rows.subquery("listed")
    array = func.json_agg(func.row_to_json(source.table_valued()))
    return select(text(func.coalesce(array, EMPTY))).scalar_subquery()


def single(row: Select[Any]) -> ColumnElement[Any]:
    """The row as one JSON object."""
    source = row.subquery("single")
    return select(text(func.row_to_json(source.table_valued()))).scalar_subquery()
