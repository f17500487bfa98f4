"""One's own account on the wire."""

from typing import Annotated
from uuid import UUID
from zlib import crc32

from msgspec import UNSET, Meta, UnsetType

from api.schemas.base import Body, Email, Instant, Line, Name, Reply, Version, present
from api.schemas.identity.sessions import NewPassword, OwnMember
from domain.actor import Actor
from domain.database import Row
from domain.policy import allowed
from domain.roles import Group, May, Scope

Language = Annotated[
    str,
    Meta(
        max_length=35,
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$(?!\n)",
        description="A language tag, such as en or de-AT.",
        examples=["en"],
    ),
]


NOT_YET: frozenset[May] = frozenset()
"""Rows of the table for which this release has no operation; nobody is told that they may."""

HERE = tuple(may for may in May if may not in NOT_YET)


class SignUp(Body):
    """A new organization and who founds it. Whoever has an account already gives its password."""

    organization_name: Name
    name: Name
    email: Email
    password: NewPassword
    group: Group = Group.DECISION_MAKER
    device: Line = ""


class MePatch(Body):
    """What to change of one's own account."""

    name: Name | UnsetType = UNSET
    language: Language | UnsetType = UNSET


class Named(Reply):
    """Something by its name."""

    id: UUID
    name: str


class MyToken(Reply):
    """The access token that was shown, and until when it is good."""

    id: UUID
    name: str
    scopes: list[Scope]
    expires_at: Instant


class Me(Reply):
    """Who is signed in: the account, and the member it is in this organization.

    `token` is the access token that asks, null for a session. `email` is null where the account has
    none, and to access tokens without the scope `account`.

    `may` names what this member may do without regard to any object, as far as this release has an
    operation for it; what depends on an object is told there.
    """

    id: UUID
    version: Version
    email: str | None
    name: str
    language: str
    member: OwnMember
    organization: Named
    department: Named | None
    token: MyToken | None
    may: list[str]


def me(row: Row, token: Row | None, actor: Actor) -> Me:
    """The reader's account and standing."""
    department = row["department_id"]
    private = actor.scopes is None or Scope.ACCOUNT in actor.scopes
    return present(
        Me,
        row,
        email=row["email"] if private else None,
        token=_my_token(token),
        member=present(OwnMember, row, id=row["member_id"], name=row["member_name"]),
        organization=Named(id=row["organization_id"], name=row["organization_name"]),
        department=Named(id=department, name=row["department_name"]) if department else None,
        may=allowed(actor, HERE, actor.standing()),
    )


def _my_token(token: Row | None) -> MyToken | None:
    if token is None:
        return None
    return present(MyToken, token, scopes=[Scope(scope) for scope in token["scopes"]])


def me_etag(row: Row, token: Row | None) -> str:
    """The account's version, then a sum over the versions of all else that the reply shows."""
    names = ("member_version", "organization_version", "department_id", "department_version")
    told = " ".join([*(str(row[name]) for name in names), str(token and token["id"])])
    return f"{row['version']}-{crc32(told.encode()):08x}"
