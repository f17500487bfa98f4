"""Invitations on the wire; their secrets travel by mail only."""

from uuid import UUID

from api.schemas.base import Body, Email, Instant, Line, Name, Reply, Version, present
from api.schemas.identity.members import MayCreate
from api.schemas.identity.sessions import NewPassword, Secret
from domain.queries.page import Page
from domain.roles import Group
from domain.words import InvitationStatus


class InvitationNew(Body):
    """Whom to invite, and where they are to stand."""

    email: Email
    name: Name
    group: Group
    title: Line = ""
    department_id: UUID | None = None
    manager_id: UUID | None = None
    administrator: bool = False
    may_create_journeys: MayCreate = False


class InvitationAcceptance(Body):
    """The secret from the letter, and a password: a new one, or that of the account one has.

    `name` is for a new account; without it the name in the invitation is taken.
    """

    secret: Secret
    password: NewPassword
    name: Name | None = None


class Invitation(Reply):
    """An offer of membership. A pending one is good until `expires_at`."""

    id: UUID
    version: Version
    email: str
    name: str
    title: str
    group: Group
    department_id: UUID | None
    manager_id: UUID | None
    administrator: bool
    may_create_journeys: MayCreate
    status: InvitationStatus
    invited_by: UUID
    member_id: UUID | None
    expires_at: Instant
    created_at: Instant
    updated_at: Instant


class InvitationPage(Reply):
    """Invitations, newest first."""

    items: list[Invitation]
    next_cursor: str | None


def invitation_page(page: Page) -> InvitationPage:
    """A page of invitations."""
    items = [present(Invitation, row) for row in page.rows]
    return InvitationPage(items=items, next_cursor=page.next_cursor)
