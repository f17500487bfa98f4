"""Members on the wire."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from api.schemas.base import Body, Instant, Line, Name, Reply, Version, present
from domain.actor import Actor
from domain.database import Row
from domain.duties import DutyKind
from domain.queries.identity.members import may_with
from domain.queries.page import Page
from domain.roles import Group
from domain.words import MemberKind, MemberStatus

MayCreate = Annotated[
    bool, Meta(description="Whether they may create journeys and personas whatever their group.")
]


class Standing(StrEnum):
    """Whether a member may act."""

    ACTIVE = MemberStatus.ACTIVE.value
    SUSPENDED = MemberStatus.SUSPENDED.value


class MemberPatch(Body):
    """What to change of a member. A suspended member can do nothing and keeps everything.

    `name` is for service members: people name themselves. A service member is no administrator and
    always has a manager.
    """

    name: Name | UnsetType = UNSET
    title: Line | UnsetType = UNSET
    group: Group | UnsetType = UNSET
    department_id: UUID | UnsetType | None = UNSET
    manager_id: UUID | UnsetType | None = UNSET
    administrator: bool | UnsetType = UNSET
    may_create_journeys: MayCreate | UnsetType = UNSET
    status: Standing | UnsetType = UNSET


class Member(Reply):
    """A person in the organization: where they stand, whom they report to, what they administer.

    `kind` says whether it is a person at all: a service member is a program, for which its manager
    answers.

    `email` is null for everybody but administrators. Of a member who was erased nothing is left
    but the id, so that what others said to them still has an end. `may` names what you may do.
    """

    id: UUID
    version: Version
    kind: MemberKind
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


class Duty(Reply):
    """Something that waits for a member, with what it is about.

    `id` is of the journey, the responsibility, the annotation or the input request. `since` is when
    that was made; a journey may have come to its owner later.
    """

    kind: DutyKind
    id: UUID
    journey_id: UUID
    title: str
    since: Instant


class MemberWithDuties(Member):
    """A member and what waits for them, as far as you see it: a hundred at the most.

    Whoever leaves leaves it behind; of somebody who is suspended it is what is orphaned. Hand over
    journeys with `transferJourney`, responsibilities and actions with `handOverResponsibilities`,
    threads with `assignAnnotation`.
    """

    duties: list[Duty]


class MemberPage(Reply):
    """Members, in the order in which they joined."""

    items: list[Member]
    next_cursor: str | None


def member(row: Row, actor: Actor) -> Member:
    """One member as this reader sees them."""
    return present(Member, row, may=may_with(row, actor))


def member_with_duties(row: Row, duties: Sequence[Row], actor: Actor) -> MemberWithDuties:
    """One member as this reader sees them, with what waits for them."""
    waiting = [present(Duty, duty) for duty in duties]
    return present(MemberWithDuties, row, may=may_with(row, actor), duties=waiting)


def member_page(page: Page, actor: Actor) -> MemberPage:
    """A page of members as this reader sees them."""
    items = [member(row, actor) for row in page.rows]
    return MemberPage(items=items, next_cursor=page.next_cursor)
