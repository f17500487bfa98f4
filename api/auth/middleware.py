"""From the Authorization header to a principal.

For a session token no database is asked yet; for an access token once in a while (access.py).
"""

from contextvars import ContextVar
from typing import Any

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from api.auth.access import PREFIX, AccessTokens
from api.auth.tickets import takes_ticket
from api.auth.tokens import Principal, Tokens
from api.middleware.rate_limit import network
from api.plugins.database import Database
from domain.errors import Unauthenticated

current_scope: ContextVar[Scope] = ContextVar("current_scope")
"""The request being answered, for hooks that Litestar hands only the response."""


class Authentication:
    """Lets public routes pass and asks every other for a good token."""

    def __init__(self, app: ASGIApp, tokens: Tokens, access: AccessTokens) -> None:
        self.app = app
        self.tokens = tokens
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            current_scope.set(scope)
            if asks_who(scope):
                scope["auth"] = await self._principal(scope, bearer(scope))
        await self.app(scope, receive, send)

    async def _principal(self, scope: Scope, token: str) -> Principal:
        if not token.startswith(PREFIX):
            return self.tokens.verify(token)
        client = scope.get("client")
        database: Database = scope["litestar_app"].state.database
        return await self.access.principal(database, token, network(client[0] if client else ""))


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
