"""A client that listens: the application is spoken to directly, for httpx waits for the end."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from litestar.types import ASGIApp

from tests.world import Caller

PATIENCE, AGAIN = 20.0, 0.1


@dataclass(frozen=True)
class Said:
    """One server-sent event."""

    kind: str
    data: Any
    id: str | None


@dataclass
class Ear:
    """An open stream, and what has been heard on it."""

    app: ASGIApp
    scope: Any
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    heard: list[Said] = field(default_factory=list)
    raw: bytes = b""
    last_id: str | None = None
    retry: int | None = None
    ended: bool = False
    stalled: bool = False
    _gone: asyncio.Event = field(default_factory=asyncio.Event)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _asked: bool = False
    _rest: bytes = b""
    paused: asyncio.Event = field(default_factory=asyncio.Event)
    task: Any = None

    def __post_init__(self) -> None:
        self.paused.set()

    @property
    def problem(self) -> dict[str, Any]:
        """The reply that is no stream."""
        found: dict[str, Any] = json.loads(self.raw)
        return found

    async def receive(self) -> Any:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        await self.paused.wait()
        if self.stalled:
            await asyncio.Event().wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {n.decode(): v.decode() for n, v in message["headers"]}
        else:
            self._hear(message["body"])
            self.ended = not message["more_body"]
        self._news.set()

    def _hear(self, chunk: bytes) -> None:
        self.raw += chunk
        *blocks, self._rest = (self._rest + chunk).split(b"\n\n")
        for block in blocks:
            fields = dict(
                line.split(": ", 1) for line in block.decode().split("\n") if line[0] != ":"
            )
            self.last_id = fields.get("id", self.last_id)
            if "retry" in fields:
                self.retry = int(fields["retry"])
            if fields.get("data"):
                data = json.loads(fields["data"])
                self.heard.append(Said(fields["event"], data, fields.get("id")))

    async def until(self, happened: Callable[["Ear"], Any], seconds: float = PATIENCE) -> Any:
        """Listen until it has happened, be it here or where nothing comes from that could tell."""
        async with asyncio.timeout(seconds):
            while not (found := happened(self)):
                self._news.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), AGAIN)
        return found

    async def revisions(self, last: int) -> list[int]:
        """The revisions heard, once the last is among them."""
        await self.until(lambda ear: ear.told and ear.told[-1].data["revision"] >= last)
        return [one.data["revision"] for one in self.told]

    @property
    def told(self) -> list[Said]:
        """What was said of the ledger."""
        return [one for one in self.heard if one.id is not None and one.kind != "reset"]

    def of(self, kind: str) -> list[Any]:
        """The data of all events of a kind."""
        return [one.data for one in self.heard if one.kind == kind]

    async def hang_up(self) -> None:
        self._gone.set()
        await asyncio.wait_for(asyncio.shield(self.task), PATIENCE)


def knocking(app: ASGIApp, path: str, headers: dict[str, str]) -> Ear:
    """Open a stream, whatever comes of it."""
    address, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": address, "raw_path": address.encode(), "root_path": "",
        "query_string": query.encode(), "client": ("127.0.0.1", 1), "server": ("test", 80),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "state": {},
    }  # fmt: skip
    ear = Ear(app, scope)
    ear.task = asyncio.create_task(app(scope, ear.receive, ear.send))  # type: ignore[arg-type]
    return ear


@asynccontextmanager
async def open_stream(
    app: ASGIApp, who: Caller | None, path: str, **headers: str
) -> AsyncIterator[Ear]:
    """An open stream; keyword arguments are headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if who is not None:
        named["Authorization"] = f"Bearer {who.token}"
    ear = knocking(app, path, named)
    try:
        await ear.until(lambda ear: ear.ended or ear.raw)
        yield ear
    finally:
        await ear.hang_up()
