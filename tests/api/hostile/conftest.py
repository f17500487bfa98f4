"""A stage that everything here throws things at, and a client that holds replies to their word."""

from collections.abc import AsyncIterator

import httpx
import pytest
from litestar import Litestar

from api.app import enveloped
from tests.api.contract import Contract
from tests.api.hostile.target import Target, set_up
from tests.world import World


@pytest.fixture(scope="session")
async def watched(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """HTTP into the application; a reply that the published document does not allow is an error."""
    transport = httpx.ASGITransport(enveloped(app), raise_app_exceptions=False)
    hooks = {"response": [Contract.of(app).watch]}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test", event_hooks=hooks
    ) as client:
        yield client


@pytest.fixture(scope="module")
async def target(app: Litestar, watched: httpx.AsyncClient) -> Target:
    """A furnished organization, and people in it who may do everything."""
    return await set_up(app, World(watched, app.state.database, app.state.tokens))
