"""A page of a list that is filtered by what is given and runs from the newest id to the oldest."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.actor import Actor
from domain.database import Hot, Transaction
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import reader

Statement = Callable[[frozenset[str], bool], Hot]


async def newest(
    tx: Transaction,
    actor: Actor,
    name: str,
    statement: Statement,
    filters: Mapping[str, Any],
    page: PageRequest,
) -> Page:
    """A page of the list `name`, newest first.

    `statement` gives the statement for the filters that are not None, and for whether it is to go
    on below the id `before`; it selects `id`, takes the reader's parameters, and `limit`.
    """
    return await _page(tx, name, statement, filters, page, reader(actor))


async def newest_of_all(
    tx: Transaction,
    actor: Actor,
    name: str,
    statement: Statement,
    filters: Mapping[str, Any],
    page: PageRequest,
) -> Page:
    """The same of what is shown alike to all who may ask: it takes `organization_id` alone."""
    whose = {"organization_id": actor.organization_id}
    return await _page(tx, name, statement, filters, page, whose)


async def oldest_of_all(
    tx: Transaction, actor: Actor, name: str, statement: Callable[[bool], Hot], page: PageRequest
) -> Page:
    """The same in the order of adding, unfiltered: it goes on above the id `after`."""
    bound = binding(name, {})
    last = decode_id(bound, page.cursor)
    whose = {"organization_id": actor.organization_id, "limit": page.limit + 1}
    after = {} if last is None else {"after": last}
    rows = await tx.rows(statement(last is not None), **whose, **after)
    return cut_by_id(rows, page.limit, bound)


async def _page(
    tx: Transaction,
    name: str,
    statement: Statement,
    filters: Mapping[str, Any],
    page: PageRequest,
    whose: Mapping[str, Any],
) -> Page:
    given = {key: value for key, value in filters.items() if value is not None}
    bound = binding(name, given)
    before = decode_id(bound, page.cursor)
    further = {} if before is None else {"before": before}
    found = statement(frozenset(given), before is not None)
    rows = await tx.rows(found, **whose, **given, **further, limit=page.limit + 1)
    return cut_by_id(rows, page.limit, bound)
