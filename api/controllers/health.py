"""Whether the service lives, and whether it can work."""

from typing import Any

from litestar import Controller, Request, get
from litestar.params import SkipValidation

from api.plugins.readiness import Readiness
from api.schemas.health import Health


class HealthController(Controller):
    """For whoever watches over the service."""

    path = "/health"
    tags = ["Health"]

    @get("/live", public=True, rate_limited=False)
    async def get_liveness(self) -> Health:
        """Say that the process answers. Never asks the database."""
        return Health(status="ok")

    @get("/ready", public=True, rate_limited=False, problems=(503,))
    async def get_readiness(self, request: SkipValidation[Request[Any, Any, Any]]) -> Health:
        """Say that the database answers and has the schema this release needs; 503 otherwise.

        The answer is at most a second old.
        """
        readiness: Readiness = request.app.state.readiness
        await readiness.check(request.app.state.database)
        return Health(status="ok")
