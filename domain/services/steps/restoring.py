"""Bringing back what somebody said and it was removed: a finding, evidence."""

from typing import Any, TypeVar
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.errors import Conflict, NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.base import Recorded
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.policy import require
from domain.roles import May, Relation
from domain.services.steps.changing import change
from domain.services.steps.subjects import entity, subject

T = TypeVar("T", bound=Recorded)


async def bring_back(
    tx: Transaction, actor: Actor, model: type[T], subject_id: UUID, may: May, verb: Verb
) -> T:
    """Bring back what has an author; NotFound when it is not among the removed."""
    head, place, one = await subject(tx, actor, model, subject_id, removed=True)
    said: Any = one
    ties = (Relation.AUTHOR,) if said.author_id == actor.member_id else ()
    require(actor, may, place.standing(actor, *ties))
    await surroundings(tx, actor, said)
    change(one, {"removed_at": None})
    await ledger.record(tx, actor, head, Fact(verb, one))
    return one


async def surroundings(tx: Transaction, actor: Actor, said: Any) -> None:
    """Conflict when the touchpoint that something belongs to has been removed as well."""
    if getattr(said, "touchpoint_id", None) is None:
        return
    try:
        touchpoint = await entity(tx, actor, Touchpoint, said.touchpoint_id)
        await entity(tx, actor, Stage, touchpoint.stage_id)
    except NotFound:
        detail = "What it stands in has been removed as well: restore that first."
        raise Conflict(detail, code="surroundings_removed") from None
