"""Asking for a page of a list."""

from typing import Annotated

from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation

from api.auth.actor import By
from domain.queries.page import PageRequest

Paging = NamedDependency[SkipValidation[PageRequest]]


async def provide_page(
    actor: By,  # noqa: ARG001  after the actor: Litestar runs what could go side by side in tasks
    limit: Annotated[
        int, QueryParameter(ge=1, le=100, description="How many items at the most.")
    ] = 20,
    cursor: Annotated[
        str | None,
        QueryParameter(
            min_length=1, max_length=1024, description="`next_cursor` of the page before."
        ),
    ] = None,
) -> PageRequest:
    """Where a list begins and how long it may be."""
    return PageRequest(limit, cursor)
