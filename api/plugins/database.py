"""The engine, and the one transaction of a request: the only place that commits or rolls back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID

from anyio import CancelScope
from asyncpg import InterfaceError, InternalClientError, PostgresError
from litestar import Request
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from api.plugins.pool import Connections, Lent
from domain.database import Transaction
from domain.errors import DomainError

POOL_WAIT_SECONDS = 2.0
LONGEST_KEPT = 128 * 1024
"""Statements up to this length stay prepared; the driver by itself plans reports anew each time."""


def make_engine(url: str, pool_size: int) -> AsyncEngine:
    """An engine that begins nothing by itself: BEGIN and COMMIT are ours, on the driver."""
    return create_async_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_WAIT_SECONDS,
        pool_reset_on_return=None,
        pool_pre_ping=False,
        connect_args={"max_cacheable_statement_size": LONGEST_KEPT},
    )


class Database:
    """Hands out transactions."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        size: int = engine.pool.size()  # type: ignore[attr-defined]
        self.connections = Connections(engine, size, POOL_WAIT_SECONDS)

    def connection(self) -> Lent:
        return Lent(self.connections)

    @asynccontextmanager
    async def transaction(self, organization_id: UUID | None = None) -> AsyncIterator[Transaction]:
        """One transaction: committed when the block ends well, or when its error keeps the work."""
        tx = Transaction(self, organization_id)
        try:
            yield tx
            await tx.pause()
        except BaseException as error:
            keeps_work = isinstance(error, DomainError) and error.keeps_work
            # A client that went away must not leave the transaction behind.
            with CancelScope(shield=True):
                await (tx.pause() if keeps_work else _undo(tx))
            raise

    async def close(self) -> None:
        await self.connections.close()
        await self.engine.dispose()


async def _undo(tx: Transaction) -> None:
    """Roll back. Where the connection is gone, so is the transaction: what went wrong is told."""
    with suppress(InterfaceError, InternalClientError, PostgresError, OSError):
        await tx.end("ROLLBACK")


async def provide_transaction(request: Request) -> AsyncIterator[Transaction]:  # type: ignore[type-arg]
    """The one generator dependency: it commits after the handler and before the response."""
    database: Database = request.app.state.database
    principal = request.scope.get("auth")
    organization_id = principal.organization_id if principal else None
    try:
        async with database.transaction(organization_id) as tx:
            request.scope["transaction"] = tx  # type: ignore[typeddict-unknown-key]
            yield tx
        request.app.state.live.changed(tx.organization_id, tx.revisions)
    finally:
        # After the commit, and not before: a read in between would remember what was.
        if tx.organization_id in tx.revisions or request.route_handler.opt.get("forgets_actors"):
            request.app.state.actors.forget()


class NothingLeftOpen:
    """Rolls back before a refusal leaves.

    When a dependency refuses (no If-Match, a group that may not), Litestar forgets the generators
    of those before it: the transaction would stay open until somebody collects the garbage.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_free(message: Message) -> None:
            if message["type"] == "http.response.start":
                await self._end(scope)
            await send(message)

        await self.app(scope, receive, send_free)

    async def _end(self, scope: Scope) -> None:
        tx: Transaction | None = scope.get("transaction")  # type: ignore[assignment]
        if tx is not None:
            with CancelScope(shield=True):
                await tx.end("ROLLBACK")
