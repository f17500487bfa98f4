"""The overlay over HTTP."""

from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Response, get
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.replies import as_json
from api.schemas.maps.overlay import JourneyOverlay, journey_overlay
from domain.queries.maps.overlay import overlay
from domain.roles import May


class OverlayController(Controller):
    """What of a map depends on who reads it."""

    tags = ["Maps"]

    @get(
        "/journeys/{journey_id:uuid}/overlay",
        may=May.READ_JOURNEY,
        hot=True,
        opt={"etag": True},
        reply=JourneyOverlay,
    )
    async def get_journey_overlay(
        self, tx: Db, actor: By, journey_id: FromPath[UUID]
    ) -> Response[Any]:
        """What lies over the map for you: your ratings, restricted threads, what you may do."""
        told = journey_overlay(await overlay(tx, actor, journey_id), actor)
        body = msgspec.json.encode(told)
        return as_json(body, ETag=f'"{told.revision}-{sha256(body).hexdigest()[:16]}"')
