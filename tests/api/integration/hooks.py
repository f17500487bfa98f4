"""Webhooks that call a receiver on this machine, and a worker that tells them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from litestar import Litestar
from msgspec.structs import replace

from api.commands.works import Works, at_work
from api.outbound import Outbound
from api.settings import Settings
from domain import clock
from tests.world import Caller, Org

HERE = ("127.0.0.1/32",)


def may_call_here(app: Litestar, patch: pytest.MonkeyPatch) -> None:
    """Let addresses of this machine be named, as an operator may."""
    patch.setitem(app.state._state, "outbound", Outbound(HERE))


@asynccontextmanager
async def working(settings: Settings, org: Org) -> AsyncIterator[Works]:
    """A worker that looks after one organization and may call this machine."""
    async with at_work(replace(settings, outbound_private=HERE), org.id) as works:
        yield works


async def told(works: Works, later: timedelta = timedelta()) -> None:
    """Read what is new in the ledger and send what is due, so much later."""
    at = clock.now() + later

    def then() -> datetime:
        return at

    with clock.replaced(then):
        await works.feed.look()
        await works.delivering.look()
        await works.delivering.idle()


async def hooked(caller: Caller, url: str, **more: Any) -> dict[str, Any]:
    """A webhook at an address, with its secret."""
    return await caller.made("/v1/webhooks", {"name": "Hook", "url": url, **more})


async def log_of(caller: Caller, hook: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
    """The deliveries of a webhook, newest first."""
    found: list[dict[str, Any]] = (
        await caller.read(f"/v1/webhooks/{hook['id']}/deliveries?limit=100{query}")
    )["items"]
    return found
