"""Service members on the wire."""

from uuid import UUID

from api.schemas.base import Body, Line, Name
from api.schemas.identity.members import MayCreate
from domain.roles import Group


class ServiceMemberNew(Body):
    """A program to be taken in: where it stands decides what it sees and may.

    `manager_id` is the person who answers for it, and owns the journeys that it makes.
    """

    name: Name
    group: Group
    manager_id: UUID
    title: Line = ""
    department_id: UUID | None = None
    may_create_journeys: MayCreate = False
