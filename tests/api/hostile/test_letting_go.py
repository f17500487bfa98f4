"""Whoever is refused leaves nothing behind: no connection, no transaction."""

from collections.abc import Awaitable, Callable

import httpx
import pytest
from litestar import Litestar

from tests.api.hostile.target import Target, refused

Ask = Callable[[Target], Awaitable[httpx.Response]]


def stage(target: Target) -> str:
    return target.cast.path("/stages/{stage}")


REFUSALS: dict[str, tuple[Ask, int]] = {
    "no If-Match": (lambda t: t.cast["owner"].patch(stage(t), {}), 428),
    "no such If-Match": (lambda t: t.cast["owner"].patch(stage(t), {}, If_Match="x"), 400),
    "stale": (lambda t: t.send("updateStage", {"name": "x"}), 412),
    "by group": (
        lambda t: t.cast["frontline_staff"].post("/v1/departments", {"name": "x"}), 403,
    ),
    "by ties": (lambda t: t.cast["frontline_staff"].delete(stage(t), If_Match='"1"'), 403),
    "nothing there": (lambda t: t.cast["owner"].get(t.cast.path("/personas/{stage}")), 404),
    "a limit": (lambda t: t.cast["owner"].get("/v1/journeys?limit=0"), 400),
    "a cursor": (lambda t: t.cast["owner"].get("/v1/journeys?cursor=x"), 400),
    "a key": (
        lambda t: t.cast["owner"].post("/v1/annotations", {}, Idempotency_Key="a b"), 400,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSALS)
async def test_a_refusal_gives_its_connection_back_before_it_leaves(
    app: Litestar, target: Target, what: str
) -> None:
    ask, status = REFUSALS[what]
    before = app.state.database.connections.lent
    refused(await ask(target), status)
    assert app.state.database.connections.lent == before == 0


async def test_an_ended_session_gives_its_connection_back(app: Litestar, target: Target) -> None:
    somebody = await target.cast.org.member()
    assert (await somebody.delete("/v1/sessions/current")).status_code == 204
    refused(await somebody.get("/v1/journeys"), 401)
    assert app.state.database.connections.lent == 0
