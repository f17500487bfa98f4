"""Whoever watches over the service learns the truth."""

import httpx
import pytest
from litestar import Litestar

from api.plugins.database import Database, make_engine
from api.plugins.readiness import Readiness
from api.settings import Settings
from domain.errors import Unavailable


async def test_it_lives_and_is_ready(http: httpx.AsyncClient) -> None:
    for path in ("/health/live", "/health/ready"):
        reply = await http.get(path)
        assert (reply.status_code, reply.json()) == (200, {"status": "ok"})


async def test_an_old_schema_is_not_ready(app: Litestar) -> None:
    readiness = Readiness()
    readiness.needed = "9999"
    with pytest.raises(Unavailable, match="migrate"):
        await readiness.check(app.state.database)


async def test_a_silent_database_is_not_ready_and_life_goes_on(settings: Settings) -> None:
    nobody = Database(make_engine(settings.database_url.replace("host=", "host=/nowhere"), 1))
    with pytest.raises(Unavailable, match="does not answer"):
        await Readiness().check(nobody)
