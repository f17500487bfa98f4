"""From the Authorization header to a principal; no database is asked yet."""

from contextvars import ContextVar
from typing import Any

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from api.auth.tickets import takes_ticket
from api.auth.tokens import Tokens
from domain.errors import Unauthenticated

current_scope: ContextVar[Scope] = ContextVar("current_scope")
"""The request being answered, for hooks that Litestar hands only the response."""


class Authentication:
    """Lets public routes pass and asks every other for a good session token."""

    def __init__(self, app: ASGIApp, tokens: Tokens) -> None:
        self.app = app
        self.tokens = tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            current_scope.set(scope)
            if asks_who(scope):
                scope["auth"] = self.tokens.verify(bearer(scope))
        await self.app(scope, receive, send)


def asks_who(scope: Any) -> bool:
    """Whether a token is wanted here; where a ticket is shown instead, it is taken further in."""
    public = scope["method"] == "OPTIONS" or scope["route_handler"].opt.get("public")
    return not public and not takes_ticket(scope)


def bearer(scope: Scope) -> str:
    """The token of `Authorization: Bearer ...`; Unauthenticated without one."""
    given = ASGIConnection(scope).headers.getall("authorization", [])
    if len(given) != 1:
        raise Unauthenticated
    scheme, _, token = given[0].partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    return token
