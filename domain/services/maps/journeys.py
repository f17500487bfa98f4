"""Journeys: create, change."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import FieldError, Forbidden, Invalid
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.maps.journeys import Journey
from domain.policy import require
from domain.queries.held import hold_actor
from domain.queries.maps.places import Place
from domain.roles import May, Relation
from domain.rules.templates import TEMPLATES, Template
from domain.services.steps.beginning import begin
from domain.services.steps.links import change_all
from domain.services.steps.places import current
from domain.services.steps.references import check_references, named_by
from domain.services.steps.subjects import subject


async def create(
    tx: Transaction,
    actor: Actor,
    fields: Mapping[str, Any],
    persona_ids: Sequence[UUID],
    template: Template | UUID,
) -> Journey:
    """A new draft, owned by whoever creates it, laid out as a template or another journey is."""
    await hold_actor(tx, actor)
    require(actor, May.CREATE_JOURNEY, actor.standing())
    return await begin(tx, actor, _suited(template) | dict(fields), persona_ids, template)


def _suited(template: Template | UUID) -> dict[str, Any]:
    return {"focus": TEMPLATES[template].focus} if isinstance(template, Template) else {}


async def update(
    tx: Transaction, actor: Actor, journey_id: UUID, changes: Mapping[str, Any], expected: int
) -> Journey:
    """Change what a journey says of itself; restricting it is for its owner."""
    head, place, journey = await subject(tx, actor, Journey, journey_id)
    require(actor, May.EDIT_JOURNEY, place.standing(actor))
    current(journey.version, expected)
    _check_restriction(place, changes)
    await _check(tx, actor, journey, changes)
    if await change_all(tx, journey, changes):
        await ledger.record(tx, actor, head, Fact(Verb.JOURNEY_UPDATED, journey))
    return journey


def _check_restriction(place: Place, changes: Mapping[str, Any]) -> None:
    differs = changes.get("restricted", place.restricted) != place.restricted
    if differs and Relation.OWNER not in place.relations:
        detail = "Only the owner may restrict a journey or lift its restriction."
        raise Forbidden(detail, may=May.EDIT_JOURNEY.value)


async def _check(
    tx: Transaction, actor: Actor, journey: Journey, changes: Mapping[str, Any]
) -> None:
    await check_references(tx, actor, changes, kept=named_by(journey))
    reviewed_at = changes.get("reviewed_at")
    if reviewed_at is not None and reviewed_at > now():
        detail = "A review that has not happened yet cannot be noted: name a time in the past."
        raise Invalid(detail, errors=[FieldError(detail, "in_the_future", "#/reviewed_at")])
