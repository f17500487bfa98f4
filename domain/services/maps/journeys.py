"""Journeys: create, change."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.maps.journeys import Journey
from domain.models.maps.lanes import Lane
from domain.models.maps.stages import Stage
from domain.policy import require
from domain.roles import May
from domain.rules.ordering import spread
from domain.rules.templates import TEMPLATES, Template
from domain.services.steps.links import put_links


async def create(
    tx: Transaction,
    actor: Actor,
    fields: Mapping[str, Any],
    persona_ids: Sequence[UUID],
    template: Template,
) -> Journey:
    """A new journey, a draft owned by whoever creates it, with the stages and lanes of a template."""
    require(actor, May.CREATE_JOURNEY, actor.standing())
    common: dict[str, Any] = {
        "organization_id": actor.organization_id,
        "created_by": actor.member_id,
    }
    journey = Journey(owner_id=actor.member_id, **common, **fields)
    await tx.add(journey)
    await put_links(tx, journey, "persona_ids", persona_ids)
    within = common | {"journey_id": journey.id}
    layout = TEMPLATES[template]
    stages = [
        Stage(name=stage.name, customer_goal=stage.customer_goal, position=position, **within)
        for stage, position in zip(layout.stages, spread(len(layout.stages)), strict=True)
    ]
    lanes = [
        Lane(question=lane.question, kind=lane.kind, position=position, **within)
        for lane, position in zip(layout.lanes, spread(len(layout.lanes)), strict=True)
    ]
    await tx.add(*stages, *lanes)
    head = await ledger.open_stream(tx, actor.organization_id, journey.id)
    facts = [Fact(Verb.STAGE_ADDED, stage) for stage in stages]
    facts += [Fact(Verb.LANE_ADDED, lane) for lane in lanes]
    await ledger.record(tx, actor, head, Fact(Verb.JOURNEY_CREATED, journey), *facts)
    return journey
