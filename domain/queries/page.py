"""Keyset pagination: page 1,000 costs what page 1 costs."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.database import Row
from domain.errors import FieldError, Malformed


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How many rows (1-100), and where to go on: the `next_cursor` of the page before."""

    limit: int = 20
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the cursor of the next page or None on the last."""

    rows: Sequence[Row]
    next_cursor: str | None


def binding(name: str, filters: Mapping[str, Any]) -> str:
    """What a cursor is bound to: the list, its filters and its order."""
    told = json.dumps([name, sorted((k, str(v)) for k, v in filters.items())])
    return sha256(told.encode()).hexdigest()[:16]


def encode(bound: str, keys: Sequence[str]) -> str:
    """An opaque cursor that goes on after a row with these sort keys."""
    return urlsafe_b64encode(json.dumps([bound, *keys]).encode()).decode().rstrip("=")


def decode(bound: str, cursor: str | None, count: int) -> list[str] | None:
    """The sort keys in a cursor, or None without one; Malformed when it is not of this list."""
    if cursor is None:
        return None
    try:
        found = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        raise refused() from None
    well_formed = (
        isinstance(found, list)
        and len(found) == count + 1
        and all(isinstance(key, str) for key in found)
    )
    if not well_formed or found[0] != bound:
        raise refused()
    return [str(key) for key in found[1:]]


def refused() -> Malformed:
    detail = "This cursor does not belong to this list with these filters: start without one."
    error = FieldError(detail, code="invalid_cursor", parameter="cursor")
    return Malformed(detail, code="invalid_cursor", errors=(error,))


def decode_id(bound: str, cursor: str | None) -> UUID | None:
    """The id in the cursor of a list that is ordered by id alone."""
    keys = decode(bound, cursor, 1)
    if keys is None:
        return None
    try:
        return UUID(keys[0])
    except ValueError:
        raise refused() from None


def decode_moment(bound: str, cursor: str | None) -> dict[str, Any]:
    """`last_at` and `last_id` from the cursor of a list that is ordered by a moment and an id."""
    keys = decode(bound, cursor, 2)
    if keys is None:
        return {}
    try:
        moment, last_id = datetime.fromisoformat(keys[0]), UUID(keys[1])
    except ValueError:
        raise refused() from None
    if moment.utcoffset() is None:
        raise refused()
    return {"last_at": moment, "last_id": last_id}


def cut(
    rows: Sequence[Row], limit: int, bound: str, keys_of: Callable[[Row], Sequence[str]]
) -> Page:
    """Make a page of the limit + 1 rows that were asked for: the extra one tells of a next page."""
    if len(rows) <= limit:
        return Page(rows, None)
    kept = rows[:limit]
    return Page(kept, encode(bound, keys_of(kept[-1])))


def cut_by_id(rows: Sequence[Row], limit: int, bound: str) -> Page:
    """The same for a list that is ordered by id alone."""
    return cut(rows, limit, bound, lambda row: [str(row["id"])])
