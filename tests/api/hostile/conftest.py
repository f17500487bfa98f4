"""A stage that everything here throws things at."""

import httpx
import pytest
from litestar import Litestar

from tests.api.hostile.target import Target, set_up
from tests.world import World


@pytest.fixture(scope="module")
async def target(app: Litestar, http: httpx.AsyncClient) -> Target:
    """A furnished organization, and people in it who may do everything."""
    return await set_up(app, World(http, app.state.database, app.state.tokens))
