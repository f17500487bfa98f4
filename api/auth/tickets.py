"""Tickets: how a stream is opened by a client that cannot send a header, such as EventSource."""

from typing import Any
from urllib.parse import parse_qsl

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from api.auth.secrets import Secrets
from api.auth.tokens import Principal
from api.plugins.database import Database
from domain.errors import Unauthenticated
from domain.queries.identity.actors import scopes_of
from domain.services.live import tickets

KIND = "stream"
NO_GOOD = "This ticket is used up, too old or none of ours: ask for one at POST /v1/stream-tickets."


class Tickets:
    """Behind the rate limit: takes the ticket where one stands in for the token.

    It is used up by being shown, whatever becomes of the request.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope.get("auth") is None and takes_ticket(scope):
            scope["auth"] = await _redeemed(scope)
        await self.app(scope, receive, send)


def takes_ticket(scope: Any) -> bool:
    """Whether this opens a stream with a ticket, and without an Authorization header."""
    handler = scope.get("route_handler")
    if not handler.opt.get("ticket") or scope["method"] == "OPTIONS":
        return False
    headed = any(name == b"authorization" for name, _ in scope["headers"])
    return not headed and _shown(scope) is not None


def _shown(scope: Scope) -> str | None:
    """The ticket in the address; of several none is good."""
    query = scope["query_string"].decode("latin-1")
    shown = [value for name, value in parse_qsl(query, True) if name == "ticket"]
    return shown[0] if len(shown) == 1 else None


async def _redeemed(scope: Scope) -> Principal:
    state = scope["litestar_app"].state
    secrets: Secrets = state.secrets
    database: Database = state.database
    opened = secrets.open(KIND, _shown(scope) or "")
    if opened is None or opened.organization_id is None:
        raise Unauthenticated(NO_GOOD)
    async with database.transaction(opened.organization_id) as tx:
        row = await tickets.use(tx, opened.digests)
    if row is None:
        raise Unauthenticated(NO_GOOD)
    return Principal(
        row["account_id"],
        opened.organization_id,
        row["member_id"],
        row["session_id"],
        scopes_of(row["scopes"]),
    )
