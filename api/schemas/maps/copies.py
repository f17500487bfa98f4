"""Copies of journeys on the wire."""

from uuid import UUID

from msgspec import UNSET, UnsetType

from api.schemas.base import Body, Name
from api.schemas.maps.journeys import Personas
from domain.words import JourneyState


class JourneyCopy(Body):
    """What a copy says otherwise than its original; what is absent it says alike."""

    title: Name
    state: JourneyState | UnsetType = UNSET
    department_id: UUID | UnsetType | None = UNSET
    persona_ids: Personas | UnsetType = UNSET


class JourneyFuture(Body):
    """What a future journey is called."""

    title: Name
