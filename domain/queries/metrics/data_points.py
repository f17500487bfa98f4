"""The data points of a metric, newest period first."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Date, Text, Uuid, bindparam, func, literal_column, select, tuple_

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.models.metrics.data_points import DataPoint
from domain.queries.metrics.metrics import found
from domain.queries.page import Page, PageRequest, binding, cut, decode, refused
from domain.queries.readers import ORGANIZATION
from domain.rules.measured import fragment

_P: Any = DataPoint
_WANTED = bindparam("wanted", type_=ARRAY(Text()))
# Of the canonical text, by its parts: none of them can stand inside of another's value.
_MISSING: Any = (
    select(literal_column("1"))
    .select_from(func.unnest(_WANTED).alias("wanted_part"))
    .where(func.strpos(_P.dimensions, literal_column("wanted_part")) == 0)
    .correlate(DataPoint)
)
FILTERS: Mapping[str, Any] = {
    "wanted": ~_MISSING.exists(),
    "since": _P.period_from >= bindparam("since", type_=Date()),
    "until": _P.period_to <= bindparam("until", type_=Date()),
}
_AFTER = tuple_(_P.period_to, _P.period_from, _P.id) < tuple_(
    bindparam("last_to", type_=Date()),
    bindparam("last_from", type_=Date()),
    bindparam("last_id", type_=Uuid()),
)


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    statement = select(*DataPoint.__table__.c).where(
        _P.organization_id == ORGANIZATION,
        _P.metric_id == bindparam("metric_id", type_=Uuid()),
        *(FILTERS[name] for name in sorted(filters)),
    )
    if paged:
        statement = statement.where(_AFTER)
    order = (_P.period_to.desc(), _P.period_from.desc(), _P.id.desc())
    return hot(statement.order_by(*order).limit(bindparam("limit")))


def asked(dimensions: Mapping[str, str], since: date | None, until: date | None) -> dict[str, Any]:
    """The filters that were given: values of dimensions, periods from a day on, or up to one."""
    wanted = [fragment(name, value) for name, value in sorted(dimensions.items())]
    given = {"wanted": wanted or None, "since": since, "until": until}
    return {name: value for name, value in given.items() if value is not None}


async def list_data_points(
    tx: Transaction, actor: Actor, metric_id: UUID, filters: Mapping[str, Any], page: PageRequest
) -> tuple[Row, Page]:
    """The metric and a page of its points; NotFound when the metric is not to be seen."""
    metric = await found(tx, actor, metric_id)
    bound = binding("data-points", {"metric": metric_id, **filters})
    after = _after(bound, page.cursor)
    rows = await tx.rows(
        _list(frozenset(filters), bool(after)),
        organization_id=actor.organization_id,
        metric_id=metric_id,
        limit=page.limit + 1,
        **filters,
        **after,
    )
    return metric, cut(rows, page.limit, bound, _keys)


def _keys(row: Row) -> list[str]:
    return [row["period_to"].isoformat(), row["period_from"].isoformat(), str(row["id"])]


def _after(bound: str, cursor: str | None) -> dict[str, Any]:
    keys = decode(bound, cursor, 3)
    if keys is None:
        return {}
    try:
        last_to, last_from = date.fromisoformat(keys[0]), date.fromisoformat(keys[1])
        return {"last_to": last_to, "last_from": last_from, "last_id": UUID(keys[2])}
    except ValueError:
        raise refused() from None
