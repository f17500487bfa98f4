"""Connections kept at hand: a fixed number, opened when first needed, each lent to one at a time.

SQLAlchemy's own pool makes a new connection object and two greenlets at every checkout, which costs
more than many of our statements. Here the object is kept together with its connection.
"""

import asyncio
from types import TracebackType

from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.database import driver_of


class Lent:
    """One loan: `async with` takes a connection and gives it back."""

    def __init__(self, pool: "Connections") -> None:
        self._pool = pool
        self._connection: AsyncConnection | None = None

    async def __aenter__(self) -> AsyncConnection:
        self._connection = await self._pool.take()
        return self._connection

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await self._pool.give_back(connection)


class Connections:
    """The connections of one engine; the one used last is lent next."""

    def __init__(self, engine: AsyncEngine, size: int, wait: float) -> None:
        self._engine, self._wait = engine, wait
        self._places = asyncio.Semaphore(size)
        self._idle: list[AsyncConnection] = []
        self.lent = 0

    async def take(self) -> AsyncConnection:
        """A connection that is open; PoolTimeout when none comes free in time."""
        await self._wait_for_place()
        try:
            connection = await self._open()
        except BaseException:
            self._places.release()
            raise
        self.lent += 1
        return connection

    async def give_back(self, connection: AsyncConnection) -> None:
        """Take back a connection, whatever state it is in.

        A forgotten COMMIT would hand one tenant's transaction to the next borrower, so what comes
        back open is rolled back; what cannot be rolled back is thrown away.
        """
        try:
            if usable(connection):
                driver = driver_of(connection)
                if driver.is_in_transaction():
                    await driver.execute("ROLLBACK")
                self._idle.append(connection)
            else:
                await discard(connection)
        except BaseException:
            await discard(connection)
            raise
        finally:
            self.lent -= 1
            self._places.release()

    async def close(self) -> None:
        """Close what is idle."""
        while self._idle:
            await self._idle.pop().close()

    async def _wait_for_place(self) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(self._wait):
                await self._places.acquire()
        except TimeoutError:
            raise PoolTimeout("no connection came free in time") from None

    async def _open(self) -> AsyncConnection:
        while self._idle:
            connection = self._idle.pop()
            if usable(connection):
                return connection
            await discard(connection)
        return await self._engine.connect()


def usable(connection: AsyncConnection) -> bool:
    """Whether there is still a server at the other end, as far as is known here."""
    return not connection.invalidated and not driver_of(connection).is_closed()


async def discard(connection: AsyncConnection) -> None:
    """Throw a connection away; the next one is opened anew."""
    if not connection.invalidated:
        await connection.invalidate()
    await connection.close()
