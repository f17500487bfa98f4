"""Access tokens: `ts_token_...` in place of a session token.

A mistyped one asks no database. A good one is remembered for a minute: every request reads its
session and its member anew anyway, so that what was revoked, suspended or demoted counts at once.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from api.auth.secrets import Opened, Secrets
from api.auth.tokens import Principal
from api.middleware.rate_limit import Buckets
from api.plugins.database import Database
from domain import clock
from domain.errors import SessionOnly, Throttled, Unauthenticated
from domain.policy import scope_missing, scope_of
from domain.queries.identity import access_tokens
from domain.queries.identity.actors import scopes_of

KIND = "token"
PREFIX = f"ts_{KIND}_"
KNOWN_SECONDS = 60.0
MOST_KNOWN = 4096
GUESSES = 60
"""How many unknown tokens of one network are looked up in a minute."""


class _Known(NamedTuple):
    """What a token was found to open, also when that is nothing; good until (monotonic)."""

    until: float
    principal: Principal | None = None
    expires_at: datetime | None = None

    @property
    def opens(self) -> Principal | None:
        """Who it speaks for now."""
        expired = self.expires_at is not None and self.expires_at <= clock.now()
        return None if expired else self.principal


class AccessTokens:
    """Finds out who an access token speaks for."""

    def __init__(self, secrets: Secrets, timer: Callable[[], float] = time.monotonic) -> None:
        self._secrets, self._timer = secrets, timer
        self._known: OrderedDict[bytes, _Known] = OrderedDict()
        self._guesses = Buckets(GUESSES, timer=timer)

    async def principal(self, database: Database, text: str, network: str) -> Principal:
        """Who `text` speaks for; Unauthenticated when it opens nothing (any more).

        Throttled when too many that opened nothing came from this network.
        """
        opened = self._secrets.open(KIND, text)
        if opened is None or opened.organization_id is None:
            raise Unauthenticated
        known = self._known.get(opened.digests[0])
        if known is None or known.until <= self._timer():
            # One that was good a minute ago is no guess: nobody who guesses locks it out.
            guess = known is None or known.principal is None
            known = await self._asked(database, opened, network if guess else None)
            self._remember(opened.digests[0], known)
        if (found := known.opens) is None:
            raise Unauthenticated
        return found

    async def _asked(self, database: Database, opened: Opened, guesses: str | None) -> _Known:
        """Look it up; as a guess of the network `guesses`, if it may be one."""
        left = 0.0 if guesses is None else self._guesses.take(guesses)
        if left < 0:
            raise Throttled(max(1, self._guesses.seconds_until(left, 0)))
        until = self._timer() + KNOWN_SECONDS
        async with database.transaction(opened.organization_id) as tx:
            row = await access_tokens.use(tx, opened.digests)
        if row is None:
            return _Known(until)
        self._guesses.give_back(guesses)
        assert opened.organization_id is not None, "it was found in its organization"
        who = row["account_id"], opened.organization_id, row["member_id"], row["session_id"]
        return _Known(until, Principal(*who, scopes_of(row["scopes"])), row["expires_at"])

    def _remember(self, digest: bytes, known: _Known) -> None:
        self._known[digest] = known
        self._known.move_to_end(digest)
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)


async def within_scopes(
    connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler
) -> None:
    """A guard: refuse what an access token is not for, before anything that was sent is read."""
    principal: Principal | None = connection.scope.get("auth")
    options = connection.route_handler.opt
    if principal is None or principal.scopes is None or options.get("public"):
        return
    if options.get("session_only"):
        raise SessionOnly
    if not options.get("any_scope") and scope_of(options["may"]) not in principal.scopes:
        raise scope_missing(options["may"])
