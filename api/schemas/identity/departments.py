"""Departments on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from api.schemas.base import Body, Instant, Name, Reply, Text, Version, present
from domain.queries.page import Page

External = Annotated[bool, Meta(description="A partner, or an outsourced contact center.")]


class DepartmentNew(Body):
    """A department to add; without `parent_id` it stands at the top."""

    name: Name
    description: Text = ""
    parent_id: UUID | None = None
    head_member_id: UUID | None = None
    external: External = False


class DepartmentPatch(Body):
    """What to change of a department; `parent_id` moves it with everything below it."""

    name: Name | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    parent_id: UUID | UnsetType | None = UNSET
    head_member_id: UUID | UnsetType | None = UNSET
    external: External | UnsetType = UNSET


class Department(Reply):
    """A unit of the organization."""

    id: UUID
    version: Version
    name: str
    description: str
    parent_id: UUID | None
    head_member_id: UUID | None
    external: External
    created_at: Instant
    updated_at: Instant


class DepartmentPage(Reply):
    """Departments, in the order in which they were made."""

    items: list[Department]
    next_cursor: str | None


def department_page(page: Page) -> DepartmentPage:
    """A page of departments."""
    items = [present(Department, row) for row in page.rows]
    return DepartmentPage(items=items, next_cursor=page.next_cursor)
