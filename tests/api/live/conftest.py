"""Two applications side by side, to be listened to."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import httpx
import msgspec
import pytest
from litestar import Litestar
from litestar.types import ASGIApp

from api.app import create_litestar, enveloped
from api.live import Live
from api.live.pace import Pace
from api.settings import Settings
from tests.conftest import running

Feed = Callable[..., Awaitable[Litestar]]


@pytest.fixture
def here(app: Litestar, http: httpx.AsyncClient) -> ASGIApp:
    """The application under test."""
    return enveloped(app)


@pytest.fixture
async def feed(settings: Settings) -> AsyncIterator[Feed]:
    """Start applications of one's own; `hints` as the setting, the rest as in Pace."""
    async with AsyncExitStack() as stack:

        async def start(*, hints: bool = False, **pace: Any) -> Litestar:
            app = create_litestar(msgspec.structs.replace(settings, hints=hints))
            app.state.live = Live(app.state.settings, Pace(**pace))
            await stack.enter_async_context(running(app.lifespan()))
            return app

        yield start


@pytest.fixture(scope="module")
async def there(settings: Settings) -> AsyncIterator[ASGIApp]:
    """A second application, as another process would be: it gets no hints, it has to look."""
    app = create_litestar(msgspec.structs.replace(settings, hints=False))
    async with running(app.lifespan()):
        yield enveloped(app)
