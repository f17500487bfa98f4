"""Access tokens on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Body, Instant, Name, Reply, present
from domain.database import Row
from domain.queries.page import Page
from domain.roles import Scope
from domain.words import TokenStatus

Scopes = Annotated[
    list[Scope],
    Meta(
        min_length=1,
        max_length=10,
        description="What it may be used for, each at most once. Ask for no more than it needs.",
        extra_json_schema={"uniqueItems": True},
    ),
]
Days = Annotated[int, Meta(ge=1, le=365, description="How long it is good, in days.")]


class AccessTokenNew(Body):
    """A token to be made, for oneself or for a service member."""

    name: Name
    scopes: Scopes
    expires_in_days: Days = 90
    member_id: UUID | None = None


class AccessToken(Reply):
    """What a program shows instead of a session's token. `ending` is how its secret ends.

    `last_used_at` is exact to a minute, null when it never was. `end_reason` says why it has ended
    before its time: `revoked`, `password_reset`, `suspended`, `erased` or `restored`.
    """

    id: UUID
    name: str
    ending: str
    member_id: UUID
    scopes: list[Scope]
    status: TokenStatus
    created_by: UUID
    created_at: Instant
    last_used_at: Instant | None
    expires_at: Instant
    ended_at: Instant | None
    end_reason: str | None


class AccessTokenCreated(AccessToken):
    """A new token. `token` is the secret itself, and is told this once: nobody can ask again."""

    token: str


class AccessTokenPage(Reply):
    """Access tokens, newest first."""

    items: list[AccessToken]
    next_cursor: str | None


def access_token_created(row: Row, text: str) -> AccessTokenCreated:
    """A token as whoever made it is told, once."""
    return present(AccessTokenCreated, row, scopes=_scopes(row), token=text)


def access_token(row: Row) -> AccessToken:
    """A token as everybody is told of it who may see it."""
    return present(AccessToken, row, scopes=_scopes(row))


def access_token_page(page: Page) -> AccessTokenPage:
    """A page of tokens."""
    items = [access_token(row) for row in page.rows]
    return AccessTokenPage(items=items, next_cursor=page.next_cursor)


def _scopes(row: Row) -> list[Scope]:
    return [Scope(scope) for scope in row["scopes"]]
