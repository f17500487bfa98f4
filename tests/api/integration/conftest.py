"""What tests of webhooks may ask for."""

from collections.abc import AsyncIterator

import pytest
from litestar import Litestar

from api.settings import Settings
from tests.api.integration.hooks import hooked, may_call_here, working
from tests.api.integration.receiver import receiving
from tests.api.integration.scene import Scene
from tests.world import World


@pytest.fixture
async def scene(
    world: World, settings: Settings, app: Litestar, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Scene]:
    may_call_here(app, monkeypatch)
    org = await world.organization()
    async with receiving() as receiver, working(settings, org) as works:
        hook = await hooked(org.admin, receiver.url(), events=["journey.created"])
        yield Scene(org, receiver, works, hook)
