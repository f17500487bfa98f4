"""Sessions on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.auth.refresh import RefreshTokens
from api.auth.tokens import LIFETIME, Principal, Tokens
from api.schemas.base import Body, Email, Instant, Line, Reply, present
from domain.clock import now
from domain.database import Row
from domain.queries.page import Page
from domain.roles import Group
from domain.rules.sessions import expires_at
from domain.services.steps.admitting import Admitted
from domain.words import MemberKind

Password = Annotated[str, Meta(min_length=1, max_length=1024, examples=["12 geese fly north"])]
NewPassword = Annotated[
    str,
    Meta(
        min_length=8,
        max_length=1024,
        description=(
            "At least 8 characters and at most 1,024 bytes in UTF-8; none that many people use, "
            "and not the e-mail address."
        ),
        examples=["12 geese fly north"],
    ),
]
Secret = Annotated[str, Meta(min_length=1, max_length=200)]


class SignIn(Body):
    """Who wants to be let in. Without an organization it is the one used last."""

    email: Email
    password: Password
    organization_id: UUID | None = None
    device: Line = ""


class Refresh(Body):
    """The newest refresh token of a session."""

    refresh_token: Secret


class Switch(Body):
    """The organization to turn to."""

    organization_id: UUID


class Session(Reply):
    """One sign-in on one device. It ends at `expires_at` unless it is refreshed before."""

    id: UUID
    organization_id: UUID
    device: str
    current: bool
    created_at: Instant
    used_at: Instant
    expires_at: Instant


class SessionPage(Reply):
    """Sessions that have not ended, newest first."""

    items: list[Session]
    next_cursor: str | None


class OwnMember(Reply):
    """Who one is in an organization."""

    id: UUID
    kind: MemberKind
    name: str
    title: str
    group: Group
    department_id: UUID | None
    administrator: bool
    may_create_journeys: bool


class MyOrganization(Reply):
    """An organization that the account is an active member of."""

    id: UUID
    name: str
    member_id: UUID
    current: bool


class MyOrganizationPage(Reply):
    """One's organizations, in the order of their founding."""

    items: list[MyOrganization]
    next_cursor: str | None


class SignedIn(Reply):
    """What a client needs from here on.

    Send `access_token` as a Bearer token until `expires_at`; then refresh. A refresh token
    is good for one successor; repeating the call after a lost reply gives the same one again.
    """

    access_token: str
    expires_at: Instant
    refresh_token: str
    session: Session
    member: OwnMember
    organizations: list[MyOrganization]


def session(row: Row, current: UUID) -> Session:
    """A session, seen from the session `current`."""
    ends = expires_at(row["created_at"], row["used_at"])
    return present(Session, row, current=row["id"] == current, expires_at=ends)


def session_page(page: Page, current: UUID) -> SessionPage:
    """A page of sessions, seen from the session `current`."""
    return SessionPage(
        items=[session(row, current) for row in page.rows], next_cursor=page.next_cursor
    )


def signed_in(who: Admitted, tokens: Tokens, refreshing: RefreshTokens) -> SignedIn:
    """The tokens of a session, and what it opens."""
    row = who.session
    principal = Principal(row["account_id"], row["organization_id"], row["member_id"], row["id"])
    expires = now().replace(microsecond=0) + LIFETIME
    return SignedIn(
        access_token=tokens.issue(principal),
        expires_at=expires,
        refresh_token=refreshing.make(
            row["organization_id"], row["id"], row["generation"], row["seed"]
        ),
        session=session(row, row["id"]),
        member=present(OwnMember, who.member),
        organizations=[_organization(seat, row["organization_id"]) for seat in who.organizations],
    )


def _organization(seat: Row, current: UUID) -> MyOrganization:
    own = seat["organization_id"]
    return present(MyOrganization, seat, id=own, current=own == current)


def my_organizations(page: Page, current: UUID) -> MyOrganizationPage:
    """A page of one's organizations, seen from the organization `current`."""
    items = [present(MyOrganization, row, current=row["id"] == current) for row in page.rows]
    return MyOrganizationPage(items=items, next_cursor=page.next_cursor)
