"""The directory on the wire."""

from uuid import UUID

from api.schemas.base import Reply, Revision
from domain.roles import Group
from domain.words import MemberKind, MemberStatus


class DirectoryMember(Reply):
    """A member's name and place; the name is empty once they have been erased."""

    id: UUID
    kind: MemberKind
    name: str
    title: str
    group: Group
    department_id: UUID | None
    status: MemberStatus


class DirectoryDepartment(Reply):
    """A department's name and place. Removed ones are listed: old words still name them."""

    id: UUID
    name: str
    parent_id: UUID | None
    head_member_id: UUID | None
    external: bool
    removed: bool


class Directory(Reply):
    """Every name that ids elsewhere stand for, at one revision of the organization."""

    revision: Revision
    members: list[DirectoryMember]
    departments: list[DirectoryDepartment]
