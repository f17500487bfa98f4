"""What the tests of identity may ask for."""

from collections.abc import AsyncIterator

import pytest
from litestar import Litestar

from api.mail import Mailer
from tests.api.identity.letterbox import Letterbox, opened_letterbox
from tests.api.identity.people import Door, Person, door_into


@pytest.fixture
async def door(app: Litestar) -> AsyncIterator[Door]:
    """A door in a network of its own."""
    async with door_into(app) as door:
        yield door


@pytest.fixture
async def ada(door: Door) -> Person:
    """Somebody who has just signed up."""
    return await door.sign_up()


@pytest.fixture
async def letterbox(app: Litestar) -> AsyncIterator[Letterbox]:
    """Where the letters of the application arrive during a test."""
    async with opened_letterbox() as (box, address):
        before, app.state.mailer = app.state.mailer, Mailer(address, "touchstone@localhost")
        yield box
        app.state.mailer = before
