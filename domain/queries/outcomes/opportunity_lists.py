"""Pages of opportunities, newest first or in the order of a scoring model."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Uuid, bindparam, case, cast, func, literal_column, tuple_
from sqlalchemy.sql import ColumnElement

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.models.outcomes.opportunities import Opportunity
from domain.queries.listing import newest
from domain.queries.outcomes.ballots import total_of
from domain.queries.outcomes.opportunities import QUADRANTS, narrowed, visible_opportunities
from domain.queries.page import Page, PageRequest, binding, cut, decode, refused
from domain.queries.readers import reader
from domain.results import ScoringModel

_UNSCORED = -1_000
"""Below every score: what cannot be scored comes last."""
_FIGURES = Opportunity.customer_value, Opportunity.business_value, Opportunity.effort
# 120 times the score, which is whole for every effort from 1 to 5.
_FOR_EFFORT = 60 * (Opportunity.customer_value + Opportunity.business_value) / Opportunity.effort
_KEYS: Mapping[ScoringModel, ColumnElement[Any]] = {
    ScoringModel.VALUE_FOR_EFFORT: _FOR_EFFORT,
    ScoringModel.CUSTOMER_FIRST: (
        2 * Opportunity.customer_value + Opportunity.business_value - Opportunity.effort
    ),
}


def _key(model: ScoringModel) -> ColumnElement[Any]:
    """Whole numbers in the order of a model's scores."""
    if model is ScoringModel.VOTES:
        return cast(total_of(Opportunity), BigInteger)
    known = func.num_nulls(*_FIGURES) == literal_column("0")
    return case((known, cast(_KEYS[model], BigInteger)), else_=literal_column(f"{_UNSCORED}"))


async def list_opportunities(
    tx: Transaction,
    actor: Actor,
    filters: Mapping[str, Any],
    order: ScoringModel | None,
    page: PageRequest,
) -> Page:
    """A page of opportunities; without a model newest first, with one highest score first."""
    told = _told(filters)
    if order is None:
        return await newest(tx, actor, "opportunities", _newest, told, page)
    given = {name: value for name, value in told.items() if value is not None}
    bound = binding("opportunities", {**given, "sort": order})
    last = _last(decode(bound, page.cursor, 2))
    statement = _by_score(order, frozenset(given), bool(last))
    rows = await tx.rows(statement, **reader(actor), **given, **last, limit=page.limit + 1)
    return cut(rows, page.limit, bound, lambda row: [str(row["sort_key"]), str(row["id"])])


def _told(filters: Mapping[str, Any]) -> dict[str, Any]:
    quadrants = filters["quadrant"]
    if quadrants is None:
        return dict(filters)
    return {**filters, "quadrant": [QUADRANTS[one] for one in quadrants]}


@cache
def _newest(filters: frozenset[str], paged: bool) -> Hot:
    statement = narrowed(visible_opportunities(), filters)
    if paged:
        statement = statement.where(Opportunity.id < bindparam("before", type_=Uuid()))
    return hot(statement.order_by(Opportunity.id.desc()).limit(bindparam("limit")))


@cache
def _by_score(model: ScoringModel, filters: frozenset[str], paged: bool) -> Hot:
    key = _key(model)
    statement = narrowed(visible_opportunities(key.label("sort_key")), filters)
    if paged:
        last = bindparam("last_key", type_=BigInteger()), bindparam("last_id", type_=Uuid())
        statement = statement.where(tuple_(key, Opportunity.id) < tuple_(*last))
    ordered = statement.order_by(key.desc(), Opportunity.id.desc())
    return hot(ordered.limit(bindparam("limit")))


def _last(keys: list[str] | None) -> dict[str, Any]:
    """Where the page before ended; what is no key of ours is refused."""
    if keys is None:
        return {}
    try:
        key, last_id = int(keys[0]), UUID(keys[1])
    except ValueError:
        raise refused() from None
    if abs(key) > 2**40:
        raise refused()
    return {"last_key": key, "last_id": last_id}
