"""An organization, and a provider that does whatever a test wants."""

from collections.abc import AsyncIterator

import pytest

from tests.api.sign_in.crooked import Crooked, open_for_business
from tests.world import Org, World


@pytest.fixture
async def crooked() -> AsyncIterator[Crooked]:
    async with open_for_business() as provider:
        yield provider


@pytest.fixture
async def org(world: World) -> Org:
    return await world.organization()
