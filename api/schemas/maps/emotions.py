"""Emotions on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from api.schemas.base import Body, Instant, Name, Reply, Text, Version
from domain.words import ContactContext, EmotionSource

Valence = Annotated[
    int, Meta(ge=-2, le=2, description="From -2 (very negative) to 2 (very positive).")
]
Intensity = Annotated[int, Meta(ge=1, le=5, description="From 1 (faint) to 5 (overwhelming).")]


class EmotionNew(Body):
    """What the customer feels at a touchpoint."""

    label: Name
    valence: Valence
    intensity: Intensity
    trigger: Text = ""
    persona_id: UUID | None = None
    contact_context: ContactContext = ContactContext.ANY
    source: EmotionSource = EmotionSource.ASSUMED


class EmotionPatch(Body):
    """What to change of an emotion."""

    label: Name | UnsetType = UNSET
    valence: Valence | UnsetType = UNSET
    intensity: Intensity | UnsetType = UNSET
    trigger: Text | UnsetType = UNSET
    persona_id: UUID | UnsetType | None = UNSET
    contact_context: ContactContext | UnsetType = UNSET
    source: EmotionSource | UnsetType = UNSET


class Emotion(Reply):
    """What the customer feels at a touchpoint, how strongly, and what sets it off."""

    id: UUID
    journey_id: UUID
    touchpoint_id: UUID
    version: Version
    label: str
    valence: Valence
    intensity: Intensity
    trigger: str
    persona_id: UUID | None
    contact_context: ContactContext
    source: EmotionSource
    created_by: UUID
    created_at: Instant
    updated_at: Instant
