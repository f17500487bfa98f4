"""What a new journey starts from: a built-in template, or the structure of another journey."""

from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import FieldError, Invalid, NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.maps.journeys import Journey
from domain.models.maps.lanes import Lane
from domain.models.maps.stages import Stage
from domain.rules.ordering import spread
from domain.rules.templates import TEMPLATES, Template
from domain.services.steps.copying import copy_structure
from domain.services.steps.places import enter


async def lay_out(
    tx: Transaction, actor: Actor, journey: Journey, template: Template | UUID
) -> list[Fact]:
    """Put stages and lanes, or a copy of a whole map, into a new journey; facts to record."""
    if isinstance(template, Template):
        return await _built_in(tx, actor, journey, template)
    try:
        await enter(tx, actor, template)
    except NotFound:
        detail = "There is no journey of this id that you can see to start from."
        fault = FieldError(detail, "unknown_template", "#/template")
        raise Invalid(detail, code="unknown_template", errors=[fault]) from None
    facts, _ = await copy_structure(tx, actor, template, journey)
    return facts


async def _built_in(
    tx: Transaction, actor: Actor, journey: Journey, template: Template
) -> list[Fact]:
    layout = TEMPLATES[template]
    within: dict[str, Any] = {
        "organization_id": actor.organization_id,
        "journey_id": journey.id,
        "created_by": actor.member_id,
    }
    stages = [
        Stage(name=stage.name, customer_goal=stage.customer_goal, position=position, **within)
        for stage, position in zip(layout.stages, spread(len(layout.stages)), strict=True)
    ]
    lanes = [
        Lane(question=lane.question, kind=lane.kind, position=position, **within)
        for lane, position in zip(layout.lanes, spread(len(layout.lanes)), strict=True)
    ]
    await tx.add(*stages, *lanes)
    facts = [Fact(Verb.STAGE_ADDED, stage) for stage in stages]
    return facts + [Fact(Verb.LANE_ADDED, lane) for lane in lanes]
