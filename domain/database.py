"""The transaction: entities for writes, statements compiled once and run by the driver for reads.

One request has one transaction, begun by its first statement. The driver's own connection runs the
hot statements and SQLAlchemy's session the writes, both inside the same BEGIN.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from functools import cached_property
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]

T = TypeVar("T")
SNAPSHOT = " ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Row(Protocol):
    """A row of a hot statement: columns by name."""

    def __getitem__(self, column: str) -> Any: ...
    def keys(self) -> Any: ...
    def items(self) -> Any: ...
    def get(self, column: str, default: Any = None) -> Any: ...


class Driver(Protocol):
    """What is used of the driver's connection."""

    async def fetch(self, query: str, *args: Any) -> list[Any]: ...
    async def fetchrow(self, query: str, *args: Any) -> Any: ...
    async def fetchval(self, query: str, *args: Any) -> Any: ...
    async def execute(self, query: str, *args: Any) -> str: ...
    def is_closed(self) -> bool: ...
    def is_in_transaction(self) -> bool: ...


def driver_of(connection: AsyncConnection) -> Driver:
    """The driver's own connection under SQLAlchemy's."""
    assert connection.sync_connection is not None
    driver: Any = connection.sync_connection.connection.driver_connection
    found: Driver = driver
    return found


class Hot:
    """A statement compiled for the driver, once, by whoever uses it first.

    `text` is what the driver is sent, `names` the order of its parameters, `constants` the values
    that the statement itself brings. Compiling all of them at import took half of a start.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement

    @cached_property
    def _compiled(self) -> SQLCompiler:
        compiled = self._statement.compile(dialect=DIALECT)
        assert isinstance(compiled, SQLCompiler)
        return compiled

    @cached_property
    def text(self) -> str:
        return str(self._compiled)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(self._compiled.positiontup or ())

    @cached_property
    def constants(self) -> dict[str, Any]:
        return {
            name: bind.value
            for name, bind in self._compiled.binds.items()
            if name in self.names and not bind.required
        }

    def arguments(self, given: dict[str, Any]) -> list[Any]:
        """The positional arguments; a missing or unknown name is a programming error."""
        values = self.constants | given
        if len(values) != len(set(self.names)):
            raise TypeError(f"parameters {sorted(values)} do not match {sorted(set(self.names))}")
        return [values[name] for name in self.names]


def hot(statement: Executable) -> Hot:
    """A statement for the driver itself; its bindparam() names become keyword arguments.

    An IN over a list is expanded at run time, which is too late here: say any_() of an array.
    """
    assert isinstance(statement, ClauseElement)
    return Hot(statement)


class Connector(Protocol):
    """Where a transaction gets its connection from, and gives it back."""

    def connection(self) -> AbstractAsyncContextManager[AsyncConnection]: ...


class Transaction:
    """The one transaction of a request or a piece of work.

    `organization_id` is the tenant it is confined to; None reaches only the global tables.
    `revisions` collects what the ledger reached in it: {stream id: revision}.
    """

    def __init__(self, connector: Connector, organization_id: UUID | None = None) -> None:
        self._connector = connector
        self._held: AbstractAsyncContextManager[AsyncConnection] | None = None
        self._driver: Driver | None = None
        self._connection: AsyncConnection | None = None
        self._session: AsyncSession | None = None
        self._still = False
        self.organization_id = organization_id
        self.revisions: dict[UUID, int] = {}

    async def driver(self) -> Driver:
        """The driver's connection, inside the transaction; begins it when need be."""
        if self._driver is None:
            held = self._connector.connection()
            connection = await held.__aenter__()
            self._held = held  # not before: what was never taken cannot be given back
            self._connection = connection
            driver = driver_of(connection)
            await driver.execute("BEGIN" + (SNAPSHOT if self._still else "") + self._setting())
            self._driver = driver
        return self._driver

    async def session(self) -> AsyncSession:
        """The unit of work for entities, inside the transaction."""
        await self.driver()
        if self._session is None:
            self._session = AsyncSession(self._connection, expire_on_commit=False, autoflush=False)
        return self._session

    def _setting(self) -> str:
        if self.organization_id is None:
            return ""
        # A parsed UUID cannot carry SQL, and SET takes no parameters.
        return f"; SET LOCAL touchstone.organization_id = '{UUID(str(self.organization_id))}'"

    async def enter(self, organization_id: UUID) -> None:
        """Confine the transaction to an organization learned on the way (signing in, accepting)."""
        self.organization_id = organization_id
        if self._driver is not None:
            await self._driver.execute(self._setting().removeprefix("; "))

    async def rows(self, statement: Hot, **given: Any) -> list[Row]:
        return await (await self.driver()).fetch(statement.text, *statement.arguments(given))

    async def row(self, statement: Hot, **given: Any) -> Row | None:
        row: Row | None = await (await self.driver()).fetchrow(
            statement.text, *statement.arguments(given)
        )
        return row

    async def value(self, statement: Hot, **given: Any) -> Any:
        return await (await self.driver()).fetchval(statement.text, *statement.arguments(given))

    async def run(self, statement: Hot, **given: Any) -> int:
        """Run a statement that returns nothing; how many rows it touched."""
        status = await (await self.driver()).execute(statement.text, *statement.arguments(given))
        return int(status.rsplit(" ", 1)[-1]) if status[-1:].isdigit() else 0

    async def add(self, *entities: object) -> None:
        """Write new entities now, so that a constraint speaks where the mistake was made."""
        session = await self.session()
        session.add_all(entities)
        await session.flush()

    async def flush(self) -> None:
        """Write what has been changed on entities."""
        if self._session is not None:
            await self._session.flush()

    async def entity(self, kind: type[T], key: Sequence[UUID] | UUID) -> T | None:
        """The entity with this primary key, for changing it."""
        return await (await self.session()).get(kind, key)

    async def end(self, how: str) -> None:
        """COMMIT or ROLLBACK and give the connection back; the database plugin alone calls this."""
        self._still = False
        if self._held is None:
            return
        held, driver, session = self._held, self._driver, self._session
        self._held = self._connection = self._driver = self._session = None
        try:
            # After an error that somebody swallowed PostgreSQL answers COMMIT with ROLLBACK.
            if driver is not None and await driver.execute(how) != how:
                raise RuntimeError("the transaction had failed: nothing of it was committed")
        finally:
            if session is not None:
                session.expunge_all()
                await session.close()
            await held.__aexit__(None, None, None)

    async def pause(self) -> None:
        """Commit and give the connection back, before slow work that must not hold one."""
        await self.flush()
        await self.end("COMMIT")

    async def still(self) -> None:
        """Commit, and from here to the next `pause` only read, all of it as of one moment."""
        await self.pause()
        self._still = True
