"""Members on the wire."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from api.schemas.base import Body, Instant, Line, Reply, Version, present
from domain.actor import Actor
from domain.database import Row
from domain.queries.identity.members import may_with
from domain.queries.page import Page
from domain.roles import Group
from domain.words import MemberStatus

MayCreate = Annotated[
    bool, Meta(description="Whether they may create journeys and personas whatever their group.")
]


class Standing(StrEnum):
    """Whether a member may act."""

    ACTIVE = MemberStatus.ACTIVE.value
    SUSPENDED = MemberStatus.SUSPENDED.value


class MemberPatch(Body):
    """What to change of a member. A suspended member can do nothing and keeps everything."""

    title: Line | UnsetType = UNSET
    group: Group | UnsetType = UNSET
    department_id: UUID | UnsetType | None = UNSET
    manager_id: UUID | UnsetType | None = UNSET
    administrator: bool | UnsetType = UNSET
    may_create_journeys: MayCreate | UnsetType = UNSET
    status: Standing | UnsetType = UNSET


class Member(Reply):
    """A person in the organization: where they stand, whom they report to, what they administer.

    `email` is null for everybody but administrators. Of a member who was erased nothing is left
    but the id, so that what others said to them still has an end. `may` names what you may do.
    """

    id: UUID
    version: Version
    name: str
    email: str | None
    title: str
    group: Group
    department_id: UUID | None
    manager_id: UUID | None
    administrator: bool
    may_create_journeys: MayCreate
    status: MemberStatus
    created_at: Instant
    updated_at: Instant
    may: list[str]


class MemberPage(Reply):
    """Members, in the order in which they joined."""

    items: list[Member]
    next_cursor: str | None


def member(row: Row, actor: Actor) -> Member:
    """One member as this reader sees them."""
    return present(Member, row, may=may_with(row, actor))


def member_page(page: Page, actor: Actor) -> MemberPage:
    """A page of members as this reader sees them."""
    items = [member(row, actor) for row in page.rows]
    return MemberPage(items=items, next_cursor=page.next_cursor)
