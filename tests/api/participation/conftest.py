"""What the tests of participation may ask for."""

from collections.abc import AsyncIterator

import pytest
from litestar import Litestar

from api.mail import Mailer
from tests.api.identity.letterbox import Letterbox, opened_letterbox
from tests.api.participation.asking import Asking, asking
from tests.world import World


@pytest.fixture
async def scene(world: World) -> Asking:
    """An owner with people to ask."""
    return await asking(world)


@pytest.fixture
async def letterbox(app: Litestar) -> AsyncIterator[Letterbox]:
    """Where the letters of the application arrive during a test."""
    async with opened_letterbox() as (box, address):
        before, app.state.mailer = app.state.mailer, Mailer(address, "touchstone@localhost")
        yield box
        app.state.mailer = before
