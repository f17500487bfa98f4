"""Personas: create, change, remove, bring back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.maps.personas import Persona
from domain.policy import require
from domain.roles import May, Relation
from domain.services.steps.changing import change, touch
from domain.services.steps.places import current
from domain.services.steps.subjects import entity


async def create(tx: Transaction, actor: Actor, fields: Mapping[str, Any]) -> Persona:
    """A new persona of the organization."""
    require(actor, May.CREATE_PERSONA, actor.standing())
    head = await ledger.lock_organization(tx, actor)
    persona = Persona(organization_id=actor.organization_id, created_by=actor.member_id, **fields)
    await tx.add(persona)
    await ledger.record(tx, actor, head, Fact(Verb.PERSONA_CREATED, persona))
    return persona


async def update(
    tx: Transaction, actor: Actor, persona_id: UUID, changes: Mapping[str, Any], expected: int
) -> Persona:
    """Change what a persona says."""
    head, persona = await _editable(tx, actor, persona_id)
    current(persona.version, expected)
    if change(persona, changes):
        await ledger.record(tx, actor, head, Fact(Verb.PERSONA_UPDATED, persona))
    return persona


async def remove(tx: Transaction, actor: Actor, persona_id: UUID, expected: int) -> None:
    """Take a persona off the list; the journeys that take its point of view go on showing it."""
    head, persona = await _editable(tx, actor, persona_id)
    current(persona.version, expected)
    persona.removed_at = now()
    touch(persona)
    await ledger.record(tx, actor, head, Fact(Verb.PERSONA_REMOVED, persona))


async def restore(tx: Transaction, actor: Actor, persona_id: UUID) -> Persona:
    """Bring a removed persona back; NotFound when it is not removed."""
    head, persona = await _editable(tx, actor, persona_id, removed=True)
    persona.removed_at = None
    touch(persona)
    await ledger.record(tx, actor, head, Fact(Verb.PERSONA_RESTORED, persona))
    return persona


async def _editable(
    tx: Transaction, actor: Actor, persona_id: UUID, removed: bool = False
) -> tuple[Locked, Persona]:
    head = await ledger.lock_organization(tx, actor)
    persona = await entity(tx, actor, Persona, persona_id, removed)
    mine = (Relation.CREATOR,) if persona.created_by == actor.member_id else ()
    require(actor, May.EDIT_PERSONA, actor.standing(*mine))
    return head, persona
