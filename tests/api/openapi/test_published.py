"""The document is made once, beside the event loop, and sent again only to who lacks it."""

import asyncio
import threading

import httpx
import pytest
from litestar import Litestar

from api.openapi import openapi_config, published

BOUND = 5.0  # seconds


async def test_others_are_answered_while_it_is_made_for_all_who_ask(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    began, answered, render = threading.Event(), threading.Event(), published.render
    made: list[published.Rendered] = []

    def held(app: Litestar) -> published.Rendered:
        began.set()
        assert answered.wait(BOUND), "nobody else was answered"
        made.append(render(app))
        return made[-1]

    monkeypatch.setattr(published, "render", held)
    async with client() as http:
        asked = [asyncio.create_task(http.get("/docs/openapi.json")) for _ in range(3)]
        assert await asyncio.to_thread(began.wait, BOUND)
        assert (await http.get("/docs")).status_code == 200
        asked[0].cancel()
        answered.set()
        replies = await asyncio.gather(*asked[1:], http.get("/docs/openapi.json"))
    assert [(reply.status_code, reply.content) for reply in replies] == [(200, made[0].content)] * 3
    assert len(made) == 1


async def test_when_it_cannot_be_made_the_next_who_asks_has_it_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(published, "render", None)
        async with client() as http:
            assert (await http.get("/docs/openapi.json")).status_code == 500
            patch.undo()
            assert (await http.get("/docs/openapi.json")).status_code == 200


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


def client() -> httpx.AsyncClient:
    """An application with nothing but its pages, asked in this event loop."""
    app = Litestar([], openapi_config=openapi_config(), logging_config=None)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")
