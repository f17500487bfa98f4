"""Data points of a metric put together by stretches of time, and by the values of a dimension."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Select,
    Text,
    Uuid,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.models.metrics.data_points import DataPoint
from domain.queries.metrics.data_points import FILTERS
from domain.queries.metrics.metrics import found
from domain.queries.metrics.sums import CUT, NAMES, NEWEST_FIRST, part_of, sums
from domain.queries.readers import ORGANIZATION
from domain.rules.trends import LONGEST, Bucket

MOST_ROWS: Final = 5_000
_P: Any = DataPoint
_GROUP_BY = bindparam("group_by", type_=Text())
_DAYS = _P.period_to - _P.period_from + literal_column("1")
_NEWEST = ("newest", "newest_points")


@dataclass(frozen=True, slots=True)
class Asked:
    """How a trend is put together; `group_by` is a dimension, `filters` as of data points."""

    bucket: Bucket
    group_by: str | None
    filters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """The metric, its sums newest first, and how many points were too long for their bucket."""

    metric: Row
    rows: Sequence[Row]
    left_out: int


async def trend(tx: Transaction, actor: Actor, metric_id: UUID, asked: Asked) -> Found:
    """What a trend is computed from; NotFound when the metric is not to be seen."""
    metric = await found(tx, actor, metric_id)
    names = frozenset(asked.filters)
    given = {
        "organization_id": actor.organization_id,
        "metric_id": metric_id,
        **asked.filters,
    }
    by = {} if asked.group_by is None else {"group_by": asked.group_by}
    rows = await tx.rows(_sums(asked.bucket, names, bool(by)), **given, **by)
    left_out = 0
    if asked.bucket in LONGEST:
        left_out = await tx.value(_too_long(asked.bucket, names), **given)
    return Found(metric, rows, left_out)


@cache
def _sums(bucket: Bucket, filters: frozenset[str], grouped: bool) -> Hot:
    """Sums by bucket, cut and part, newest first."""
    one: Any = _by_period(bucket, filters, grouped).subquery("one").c
    of_period = bucket is Bucket.PERIOD
    ends = one.period_to if of_period else literal_column("NULL", Date())
    newest = one.place == 1
    added = [
        (func.sum(one[name]).filter(newest) if name in _NEWEST else func.sum(one[name])).label(name)
        for name in NAMES
    ]
    days = (
        func.min(one.period_from).label("first_day"),
        func.max(one.period_to).label("last_day"),
    )
    newest_first = func.max(one.period_to).desc() if of_period else one.begins.desc()
    return hot(
        select(one.begins, ends.label("ends"), one.cut, one.part, *days, *added)
        .group_by(one.begins, one.cut, one.part, *((one.period_to,) if of_period else ()))
        .order_by(newest_first, one.begins.desc(), one.cut, one.part)
        .limit(literal_column(str(MOST_ROWS)))
    )


def _by_period(bucket: Bucket, filters: frozenset[str], grouped: bool) -> Select[Any]:
    """The same by measured period, because of numbers the newest counts."""
    part = part_of(_GROUP_BY) if grouped else literal_column("CAST(NULL AS text)", Text())
    keys: dict[str, Any] = {"begins": _begins(bucket), "cut": CUT, "part": part}
    place = func.rank().over(partition_by=list(keys.values()), order_by=NEWEST_FIRST)
    found = _of_metric(
        filters,
        *(one.label(name) for name, one in keys.items()),
        _P.period_from,
        _P.period_to,
        place.label("place"),
        *sums(),
    ).group_by(*keys.values(), _P.period_from, _P.period_to)
    if bucket in LONGEST:
        found = found.where(_DAYS <= literal_column(str(LONGEST[bucket])))
    return found.where(part.is_not(None)) if grouped else found


@cache
def _too_long(bucket: Bucket, filters: frozenset[str]) -> Hot:
    longer = _DAYS > literal_column(str(LONGEST[bucket]))
    return hot(_of_metric(filters, func.count()).where(longer))


def _of_metric(filters: frozenset[str], *columns: Any) -> Select[Any]:
    return select(*columns).where(
        _P.organization_id == ORGANIZATION,
        _P.metric_id == bindparam("metric_id", type_=Uuid()),
        *(FILTERS[name] for name in sorted(filters)),
    )


def _begins(bucket: Bucket) -> ColumnElement[date]:
    """The first day of the bucket in which a period ends, whatever the session's time zone."""
    if bucket is Bucket.PERIOD:
        begins: ColumnElement[date] = _P.period_from
        return begins
    without_zone = cast(_P.period_to, DateTime())
    return cast(func.date_trunc(literal_column(f"'{bucket}'"), without_zone), Date)
