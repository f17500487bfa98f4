"""When a journey's review is due, in SQL: domain.rules.staleness says it for one."""

from typing import Any

from sqlalchemy import ColumnElement, DateTime, bindparam, func, literal_column

from domain.models.maps.journeys import Journey

_NOW = bindparam("now", type_=DateTime(timezone=True))
_A_DAY: ColumnElement[Any] = literal_column("interval '1 day'")
NEXT_REVIEW: ColumnElement[Any] = (
    func.coalesce(Journey.reviewed_at, Journey.created_at) + Journey.review_every_days * _A_DAY
)
"""Null for a journey without a rhythm."""


def stale() -> ColumnElement[bool]:
    """Whether the review of a journey is due; one without a rhythm never is."""
    return func.coalesce(NEXT_REVIEW <= _NOW, literal_column("false"))
