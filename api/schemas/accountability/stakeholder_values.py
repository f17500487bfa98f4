"""What each group brings to customers, on the wire."""

from typing import Any
from uuid import UUID

from api.schemas.base import Body, Instant, Reply, Text, Version, present
from domain.queries.page import Page
from domain.roles import Group


class StakeholderValueSet(Body):
    """What a group brings, perhaps of one department, perhaps at one touchpoint.

    An empty value takes back what was said there.
    """

    group: Group
    value: Text
    department_id: UUID | None = None
    touchpoint_id: UUID | None = None


class StakeholderValue(Reply):
    """What a group brings to customers: on the whole journey, or at a touchpoint.

    Once it is taken back, `value` is empty and `version` is 0, as where nothing was ever said.
    """

    id: UUID
    journey_id: UUID
    group: Group
    department_id: UUID | None
    touchpoint_id: UUID | None
    version: Version
    value: str
    created_by: UUID
    created_at: Instant
    updated_at: Instant


class StakeholderValuePage(Reply):
    """What groups bring, oldest first."""

    items: list[StakeholderValue]
    next_cursor: str | None


def stakeholder_value(said: Any) -> StakeholderValue:
    """What is said now; nothing, where it was taken back."""
    if said.removed_at is not None:
        return present(StakeholderValue, said, version=0, value="")
    return present(StakeholderValue, said)


def stakeholder_value_page(page: Page) -> StakeholderValuePage:
    """A page of what groups bring."""
    items = [present(StakeholderValue, row) for row in page.rows]
    return StakeholderValuePage(items=items, next_cursor=page.next_cursor)
