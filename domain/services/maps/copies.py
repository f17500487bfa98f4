"""Copies of whole journeys: for other personas or departments, or to draw what is to become."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import Conflict
from domain.models.maps.journeys import Journey
from domain.policy import require
from domain.roles import May
from domain.services.steps.beginning import begin
from domain.services.steps.references import named_by
from domain.services.steps.subjects import subject
from domain.words import JourneyState

COPIED: Final = (
    "description", "state", "focus", "scope_start", "scope_end", "scale", "sector",
    "customer_type", "objective", "success_criteria", "attribution", "department_id",
    "restricted", "group_voice", "review_every_days",
)  # fmt: skip
"""What a copy says of itself as its original does. Whose it is and how far along is its own."""


async def copy(tx: Transaction, actor: Actor, journey_id: UUID, told: Mapping[str, Any]) -> Journey:
    """A draft of the actor's with all that stands on a journey's map; `told` differs."""
    return await _copied(tx, actor, await _original(tx, actor, journey_id), told)


async def create_future(tx: Transaction, actor: Actor, journey_id: UUID, title: str) -> Journey:
    """A full copy of a current journey, to be changed into what it is to become."""
    original = await _original(tx, actor, journey_id)
    if original.state != JourneyState.CURRENT:
        detail = "This is a future journey already: change it, or copy it, or begin at a current."
        raise Conflict(detail, code="future_already")
    told = {"title": title, "state": JourneyState.FUTURE, "future_of_id": original.id}
    return await _copied(tx, actor, original, told)


async def _original(tx: Transaction, actor: Actor, journey_id: UUID) -> Journey:
    _, _, original = await subject(tx, actor, Journey, journey_id)
    require(actor, May.CREATE_JOURNEY, actor.standing())
    return original


async def _copied(
    tx: Transaction, actor: Actor, original: Journey, told: Mapping[str, Any]
) -> Journey:
    personas = told.get("persona_ids", getattr(original, "persona_ids"))  # noqa: B009  a link
    own = {name: getattr(original, name) for name in COPIED}
    fields = own | {name: value for name, value in told.items() if name != "persona_ids"}
    return await begin(tx, actor, fields, personas, original.id, kept=named_by(original))
