"""The floor: plain ASGI and asyncpg, the same SQL, no tokens, policy, ledger or schemas."""

import json
import os
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

import asyncpg
import msgspec

from api.plugins.database import LONGEST_KEPT
from bench.statements import ANNOTATE, LIST, MAP, PAGE
from domain.clock import now
from domain.database import Hot

Send = Callable[[dict[str, Any]], Awaitable[None]]

OK = {
    "type": "http.response.start",
    "headers": [(b"content-type", b"application/json")],
}


class Floor:
    """Answers /list, /page, /map and /annotate with the parameters in the query."""

    pool: asyncpg.Pool

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
            return
        given = dict(parse_qsl(scope["query_string"].decode()))
        status, body = await self.answer(scope["path"], given, receive)
        headers = [*OK["headers"], (b"content-length", str(len(body)).encode())]
        await send({**OK, "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def live(self, receive: Any, send: Send) -> None:
        """The server's life: a pool between its start and its end."""
        await receive()
        url = os.environ["DATABASE_URL"].replace("+asyncpg", "")
        self.pool = await asyncpg.create_pool(
            url,
            min_size=16,
            max_size=16,
            init=tenant,
            reset=leave,
            max_cacheable_statement_size=LONGEST_KEPT,
        )
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.pool.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def answer(self, path: str, given: dict[str, str], receive: Any) -> tuple[int, bytes]:
        """Run one statement, say its rows."""
        async with self.pool.acquire() as connection:
            if path == "/annotate":
                message = await receive()
                return 201, await annotate(connection, msgspec.json.decode(message["body"]))
            statement = {"/list": LIST, "/page": PAGE, "/map": MAP}[path]
            rows = await connection.fetch(statement.text, *arguments(statement, given))
        return 200, msgspec.json.encode([dict(row) for row in rows])


async def tenant(connection: asyncpg.Connection) -> None:
    """The bench has one organization; the floor sets it once per connection."""
    organization = UUID(os.environ["BENCH_ORGANIZATION"])
    await connection.execute(f"SET touchstone.organization_id = '{organization}'")


async def leave(_: asyncpg.Connection) -> None:
    """Give a connection back as it is: RESET would cost the floor a round trip."""


def arguments(statement: Hot, given: dict[str, str]) -> list[Any]:
    """The parameters of a statement from the query string; lists are JSON."""
    return statement.arguments({name: parsed(value) for name, value in given.items()})


def parsed(value: str) -> Any:
    """A parameter: a list, a number, an id, or text."""
    if value.startswith("["):
        return json.loads(value)
    if value.isdigit():
        return int(value)
    try:
        return UUID(value)
    except ValueError:
        return value


async def annotate(connection: asyncpg.Connection, said: dict[str, Any]) -> bytes:
    """Insert an annotation and its event, in one statement."""
    given = {name: UUID(said[name]) for name in ("organization", "journey", "subject", "author")}
    row = await connection.fetchrow(
        ANNOTATE.text,
        *ANNOTATE.arguments({**given, "id": uuid4(), "now": now(), "body": said["body"]}),
    )
    return msgspec.json.encode(dict(row))


def app() -> Floor:
    """What the server is pointed at."""
    return Floor()
