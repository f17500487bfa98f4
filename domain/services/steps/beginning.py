"""A new journey: its row, its personas, and what it is laid out with, in one stream of its own."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.maps.journeys import Journey
from domain.rules.templates import Template
from domain.services.steps.laying_out import lay_out
from domain.services.steps.links import put_links
from domain.services.steps.participants import let_edit
from domain.services.steps.references import check_references


async def begin(
    tx: Transaction,
    actor: Actor,
    fields: Mapping[str, Any],
    persona_ids: Sequence[UUID],
    template: Template | UUID,
    kept: Collection[UUID | None] = (),
) -> Journey:
    """Store and record a draft of the actor's own. What is `kept` may be named though removed.

    Where a program makes it, it is its manager's.
    """
    await check_references(tx, actor, {**fields, "persona_ids": list(persona_ids)}, kept)
    journey = Journey(
        organization_id=actor.organization_id,
        owner_id=actor.answerable,
        created_by=actor.member_id,
        **fields,
    )
    await tx.add(journey)
    await put_links(tx, journey, "persona_ids", persona_ids)
    facts = await lay_out(tx, actor, journey, template)
    head = await ledger.open_stream(tx, actor.organization_id, journey.id)
    head = await ledger.record(tx, actor, head, Fact(Verb.JOURNEY_CREATED, journey), *facts)
    await let_edit(tx, actor, head)
    return journey
