"""Two applications side by side, to be listened to."""

from collections.abc import AsyncIterator

import httpx
import msgspec
import pytest
from litestar import Litestar
from litestar.types import ASGIApp

from api.app import create_litestar, enveloped
from api.settings import Settings
from tests.conftest import running


@pytest.fixture
def here(app: Litestar, http: httpx.AsyncClient) -> ASGIApp:
    """The application under test."""
    return enveloped(app)


@pytest.fixture(scope="module")
async def other(settings: Settings) -> AsyncIterator[Litestar]:
    """A second application, as another process would be: it gets no hints, it has to look."""
    other = create_litestar(msgspec.structs.replace(settings, hints=False))
    async with running(other.lifespan()):
        yield other


@pytest.fixture
def there(other: Litestar) -> ASGIApp:
    return enveloped(other)
