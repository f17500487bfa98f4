"""Editions: a state of a journey under a name."""

from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.life.editions import Edition
from domain.policy import require
from domain.results import EditionKind
from domain.roles import May
from domain.services.steps.editions import next_edition
from domain.services.steps.places import enter


async def publish(tx: Transaction, actor: Actor, journey_id: UUID, name: str, note: str) -> Edition:
    """Name the state that the journey is in; it shows the revision before its own entry."""
    head, place = await enter(tx, actor, journey_id)
    require(actor, May.PUBLISH_EDITION, place.standing(actor))
    made = await next_edition(tx, actor, head, EditionKind.PUBLISHED, name, note)
    await ledger.record(tx, actor, head, Fact(Verb.EDITION_PUBLISHED, made))
    return made
