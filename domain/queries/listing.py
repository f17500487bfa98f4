"""A page of a list that is filtered by what is given and runs from the newest id to the oldest."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.actor import Actor
from domain.database import Hot, Transaction
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import reader


async def newest(
    tx: Transaction,
    actor: Actor,
    name: str,
    statement: Callable[[frozenset[str], bool], Hot],
    filters: Mapping[str, Any],
    page: PageRequest,
) -> Page:
    """A page of the list `name`, newest first.

    `statement` gives the statement for the filters that are not None, and for whether it is to go
    on below the id `before`; it selects `id`, takes the reader's parameters, and `limit`.
    """
    given = {key: value for key, value in filters.items() if value is not None}
    bound = binding(name, given)
    before = decode_id(bound, page.cursor)
    after = {} if before is None else {"before": before}
    found = statement(frozenset(given), before is not None)
    rows = await tx.rows(found, **reader(actor), **given, **after, limit=page.limit + 1)
    return cut_by_id(rows, page.limit, bound)
