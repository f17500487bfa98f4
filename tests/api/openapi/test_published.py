"""The document is made once, beside the event loop, and sent again only to who lacks it."""

import asyncio
import threading

import httpx
from litestar import Litestar

from api.openapi import openapi_config, published
from api.openapi.published import document_handler, render

BOUND = 5.0  # seconds


async def test_others_are_answered_while_it_is_made_for_all_who_ask() -> None:
    began, answered = threading.Event(), threading.Event()
    made: list[published.Rendered] = []

    def held(app: Litestar) -> published.Rendered:
        began.set()
        assert answered.wait(BOUND), "nobody else was answered"
        made.append(render(app))
        return made[-1]

    async with client(held) as http:
        asked = [asyncio.create_task(http.get("/openapi.json")) for _ in range(3)]
        assert await asyncio.to_thread(began.wait, BOUND)
        assert (await http.get("/docs")).status_code == 200
        asked[0].cancel()
        answered.set()
        replies = await asyncio.gather(*asked[1:], http.get("/openapi.json"))
    assert [(reply.status_code, reply.content) for reply in replies] == [(200, made[0].content)] * 3
    assert len(made) == 1


async def test_when_it_cannot_be_made_the_next_who_asks_has_it_tried_again() -> None:
    tried: list[Litestar] = []

    def once_torn(app: Litestar) -> published.Rendered:
        tried.append(app)
        if len(tried) == 1:
            raise ValueError("torn")
        return render(app)

    async with client(once_torn) as http:
        assert (await http.get("/openapi.json")).status_code == 500
        assert (await http.get("/openapi.json")).status_code == 200
    assert len(tried) == 2


async def test_who_has_it_is_told_so() -> None:
    async with client() as http:
        etag = (await http.get("/docs/openapi.json")).headers["ETag"]
        known = await http.get("/docs/openapi.json", headers={"If-None-Match": etag})
        other = await http.get("/docs/openapi.json", headers={"If-None-Match": '"another"'})
    assert (known.status_code, known.content, known.headers["ETag"]) == (304, b"", etag)
    assert (other.status_code, other.headers["ETag"]) == (200, etag)


def test_every_caller_has_a_document_of_its_own_to_change() -> None:
    app = Litestar([], openapi_config=openapi_config(), logging_config=None)
    app.openapi_schema.to_schema().clear()
    assert app.openapi_schema.to_schema()["info"]["title"] == "Touchstone"


def client(render: published.Render = render) -> httpx.AsyncClient:
    """An application with nothing but its pages, and the document made by `render` beside them."""
    handlers = [document_handler(render)]
    app = Litestar(handlers, openapi_config=openapi_config(), logging_config=None)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")
