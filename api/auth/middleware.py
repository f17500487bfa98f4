"""From the Authorization header to a principal; no database is asked yet."""

from contextvars import ContextVar

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

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
            if scope["method"] != "OPTIONS" and not scope["route_handler"].opt.get("public"):
                scope["auth"] = self.tokens.verify(bearer(scope))
        await self.app(scope, receive, send)


def bearer(scope: Scope) -> str:
    """The token of `Authorization: Bearer ...`; Unauthenticated without one."""
    given = ASGIConnection(scope).headers.getall("authorization", [])
    if len(given) != 1:
        raise Unauthenticated
    scheme, _, token = given[0].partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    return token
