"""Where the values of each kind of picture come from."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from api.controllers.maps.map import Asked, current_map
from api.pictures.album import PictureKind
from api.schemas.maps.map import JourneyMap
from api.schemas.reports.pictures import Names, ids_on, map_values
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import Invalid
from domain.queries.reports.names import names

_MAP = msgspec.json.Decoder(JourneyMap)
MOST_TOUCHPOINTS = 500
TOO_MANY = "A journey with more than 500 touchpoints is no picture any more: export it instead."


async def gathered(
    kind: PictureKind, tx: Transaction, actor: Actor, request: Asked, journey_id: UUID
) -> Any:
    """What is drawn; NotFound when the actor may not see the journey."""
    told = await the_map(tx, actor, request, journey_id)
    named = await names(tx, actor, ids_on(told))
    return _OF_MAP[kind](told, named, now().date())


async def the_map(tx: Transaction, actor: Actor, request: Asked, journey_id: UUID) -> JourneyMap:
    """The map as all see it; Invalid when it is too large to draw."""
    told = _MAP.decode((await current_map(tx, actor, request, journey_id)).body)
    if len(told.touchpoints) > MOST_TOUCHPOINTS:
        raise Invalid(TOO_MANY, code="too_large")
    return told


_OF_MAP: dict[PictureKind, Callable[[JourneyMap, Names, date], Any]] = {
    PictureKind.JOURNEY_MAP: map_values,
}
