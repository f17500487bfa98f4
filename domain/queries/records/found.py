"""What the guarded functions find for a reader: where it is said, and how well.

They only say where; what is said there is read as always (shown.py), so that a word the reader
may not see would have to get past two walls.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
    Double,
    Text,
    Uuid,
    bindparam,
    cast,
    column,
    func,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.maps.journeys import Journey
from domain.queries.readers import ME, MY_DEPARTMENTS, MY_GROUP, ORGANIZATION, reader

MOST = 300
"""So many of each kind are found, the newest: what costs little for any word."""

_COLUMNS: tuple[ColumnElement[Any], ...] = (
    *(column(name, Text()) for name in ("kind", "annotation_kind", "status", "author_group")),
    *(column(name, Uuid()) for name in ("id", "journey_id", "touchpoint_id", "reply_id")),
    column("at", DateTime(timezone=True)),
    column("score", Double()),
)
_READER = (ORGANIZATION, ME, MY_GROUP, MY_DEPARTMENTS, bindparam("asked", type_=Text()))
_CONTAINED = bindparam("contained", type_=ARRAY(Text()))
_NARROWED = cast(bindparam("narrowed", type_=Text()), JSONB)
_DRAWN_AND_SAID = func.search(*_READER, _CONTAINED, _NARROWED, bindparam("most")).table_valued(
    *_COLUMNS, name="drawn_and_said"
)
_RESULTS = func.search_results(*_READER, _NARROWED, bindparam("most")).table_valued(
    *_COLUMNS, name="results"
)
_ALL = union_all(select(*_DRAWN_AND_SAID.c), select(*_RESULTS.c)).subquery("found")
_FOUND = hot(
    select(*_ALL.c, Journey.title.label("journey_title"))
    .outerjoin_from(
        _ALL,
        Journey,
        (Journey.organization_id == ORGANIZATION) & (Journey.id == _ALL.c.journey_id),
    )
    .order_by(_ALL.c.score.desc(), _ALL.c.id.desc())
)


async def find(
    tx: Transaction,
    actor: Actor,
    asked: str,
    contained: Sequence[str],
    narrowed: Mapping[str, Any],
    most: int = MOST,
) -> Sequence[Row]:
    """What matches and may be seen, best first; a thread once for each of its texts."""
    return await tx.rows(
        _FOUND,
        **reader(actor),
        asked=asked,
        contained=list(contained),
        narrowed=json.dumps(narrowed, default=str),
        most=most,
    )
