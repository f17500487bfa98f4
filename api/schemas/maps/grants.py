"""Rights on a journey, on the wire."""

from uuid import UUID

from api.schemas.base import Body, Instant, Reply, Version, present
from domain.queries.page import Page
from domain.roles import Group
from domain.words import GrantRole


class GrantNew(Body):
    """A role for a member, for a department and all below it, or for a group: name one of them."""

    role: GrantRole
    member_id: UUID | None = None
    department_id: UUID | None = None
    group: Group | None = None


class Grant(Reply):
    """A role on a journey and whom it is given to; two of the three are null."""

    id: UUID
    journey_id: UUID
    version: Version
    role: GrantRole
    member_id: UUID | None
    department_id: UUID | None
    group: Group | None
    created_by: UUID
    created_at: Instant


class GrantPage(Reply):
    """Grants, oldest first."""

    items: list[Grant]
    next_cursor: str | None


def grant_page(page: Page) -> GrantPage:
    """A page of grants."""
    items = [present(Grant, row) for row in page.rows]
    return GrantPage(items=items, next_cursor=page.next_cursor)
