"""Ratings: one member's view of one touchpoint."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.models.voices.ratings import Rating
from domain.services.steps import rating


async def rate(
    tx: Transaction, actor: Actor, touchpoint_id: UUID, answers: Mapping[str, Any]
) -> Rating:
    """Rate a touchpoint or abstain; the same again changes nothing."""
    return (await rating.rate(tx, actor, touchpoint_id, answers)).rating
