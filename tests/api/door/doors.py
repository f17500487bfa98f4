"""A small application that has a door and nothing behind it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import msgspec
from httpx import ASGITransport, AsyncClient
from litestar import Litestar, Response, delete, get, patch, post, put
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from api.middleware.query_gate import StrictAddress
from api.middleware.strict_request import StrictRequest
from api.problems import on_error
from api.schemas.base import Email, Name


class Color(StrEnum):
    RED = "red"
    DARK_BLUE = "dark_blue"


class Leg(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=20)] = "x"
    count: Annotated[int, msgspec.Meta(ge=0, le=10)] = 0
    color: Color = Color.RED


class Thing(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    name: str
    ok: bool = True
    legs: list[Leg] = []
    by_name: dict[str, Leg] = {}
    color: Color | None = None
    colors: list[Color] = []
    note: Name = "x"
    email: Email = "a@example.org"
    odd: Annotated[str, msgspec.Meta(pattern=r"^\d+$")] = "1"


class Page(msgspec.Struct, kw_only=True):
    limit: int
    cursor: str | None


def page(
    # FromQuery[Annotated[int, msgspec.Meta(...)]] would silently drop the bounds.
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 20,
    cursor: FromQuery[str | None] = None,
    color: FromQuery[Color | None] = None,
) -> Page:
    return Page(limit=limit, cursor=cursor)


@post("/things")
async def add_thing(data: JSONBody[Thing]) -> Thing:
    return data


@get("/things")
async def list_things(
    page: NamedDependency[Page],
    status: FromQuery[list[str] | None] = None,
    hue: FromQuery[list[Color] | None] = None,
) -> dict[str, Any]:
    return {"limit": page.limit, "cursor": page.cursor, "status": status}


@patch("/things/{thing_id:uuid}")
async def edit_thing(thing_id: FromPath[UUID], data: JSONBody[Thing]) -> Thing:
    return data


@delete("/things/{thing_id:uuid}")
async def remove_thing(thing_id: FromPath[UUID]) -> None: ...


@get("/things/{thing_id:uuid}")
async def get_thing(thing_id: FromPath[UUID]) -> Response[dict[str, str]]:
    return Response({"id": str(thing_id)}, headers={"Cache-Control": "private, no-cache"})


@post("/things/{thing_id:uuid}/retire")
async def retire_thing(thing_id: FromPath[UUID]) -> None: ...


@get("/required")
async def needs(word: FromQuery[str]) -> dict[str, str]:
    return {"word": word}


@get("/words/{word:str}")
async def get_word(word: FromPath[str]) -> dict[str, str]:
    return {"word": word}


@put("/big", request_max_body_size=3_000_000)
async def put_big(data: JSONBody[dict[str, str]]) -> dict[str, int]:
    return {"length": len(data["a"])}


@get("/stream")
async def stream() -> Stream:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b": ping\n\n"

    return Stream(endless(), media_type="text/event-stream")


@get("/broken-stream")
async def broken_stream() -> Stream:
    async def half() -> AsyncIterator[bytes]:
        yield b"one"
        raise RuntimeError("cellar")

    return Stream(half())


HANDLERS: list[Any] = [
    add_thing, list_things, edit_thing, remove_thing, get_thing, retire_thing, needs, get_word,
    put_big, stream, broken_stream,
]  # fmt: skip


def failing(error: Exception) -> Any:
    """A route that fails with `error`."""

    @get("/fails")
    async def fails() -> None:
        raise error

    return fails


def door(*more: Any, middleware: Any = ()) -> Litestar:
    """The application itself, without the envelope."""
    return Litestar(
        [*HANDLERS, *more],
        request_class=StrictRequest,
        request_max_body_size=1_048_576,
        exception_handlers={Exception: on_error},
        dependencies={"page": Provide(page, sync_to_thread=False)},
        guards=[StrictAddress()],
        middleware=middleware,
        openapi_config=None,
        logging_config=None,
    )


@asynccontextmanager
async def calling(app: Any, **client: Any) -> AsyncIterator[AsyncClient]:
    """A client of `app`, without a server between them."""
    transport = ASGITransport(app, raise_app_exceptions=False, client=("192.0.2.7", 1))
    async with AsyncClient(transport=transport, base_url="http://door", **client) as caller:
        yield caller
