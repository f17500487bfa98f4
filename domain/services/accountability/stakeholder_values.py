"""Saying what a group brings to customers, on a journey or at one of its touchpoints."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.accountability.stakeholder_values import StakeholderValue
from domain.models.maps.touchpoints import Touchpoint
from domain.policy import require
from domain.queries.accountability.stakeholder_values import value_at
from domain.roles import May
from domain.services.steps.changing import change, touch
from domain.services.steps.places import current, enter
from domain.services.steps.references import check_references
from domain.services.steps.refusing import impossible
from domain.services.steps.structure import check_surroundings
from domain.services.steps.subjects import entity


async def set_value(
    tx: Transaction,
    actor: Actor,
    journey_id: UUID,
    of: Mapping[str, Any],
    value: str,
    expected: int,
) -> StakeholderValue:
    """Say it, say it anew, or with nothing take it back; where nothing is said the version is 0.

    `of`: `group`, and `department_id` and `touchpoint_id` or None.
    """
    head, place = await enter(tx, actor, journey_id)
    require(actor, May.SET_STAKEHOLDER_VALUE, place.standing(actor))
    found = await _at(tx, actor, journey_id, of)
    await _check(tx, actor, journey_id, of, found)
    current(found.version if found else 0, expected)
    said, verb = _say(actor, journey_id, of, value, found)
    if verb is Verb.STAKEHOLDER_VALUE_SET:
        await tx.add(said)
    if verb is not None:
        await ledger.record(tx, actor, head, Fact(verb, said))
    return said


def _say(
    actor: Actor,
    journey_id: UUID,
    of: Mapping[str, Any],
    value: str,
    found: StakeholderValue | None,
) -> tuple[StakeholderValue, Verb | None]:
    """What is said then, and what has happened to it, if anything."""
    told = value.strip()
    if found is None:
        if not told:
            detail = "Nothing is said here yet: say what they bring to customers."
            raise impossible(detail, "value_required", "value")
        return _new(actor, journey_id, of, value), Verb.STAKEHOLDER_VALUE_SET
    if not told:
        found.removed_at = now()
        touch(found)
        return found, Verb.STAKEHOLDER_VALUE_REMOVED
    changed = change(found, {"value": value})
    return found, Verb.STAKEHOLDER_VALUE_CHANGED if changed else None


def _new(actor: Actor, journey_id: UUID, of: Mapping[str, Any], value: str) -> StakeholderValue:
    return StakeholderValue(
        organization_id=actor.organization_id,
        journey_id=journey_id,
        created_by=actor.member_id,
        value=value,
        **of,
    )


async def _at(
    tx: Transaction, actor: Actor, journey_id: UUID, of: Mapping[str, Any]
) -> StakeholderValue | None:
    found = await value_at(tx, actor, journey_id, of)
    return (
        None if found is None else await tx.entity(StakeholderValue, (actor.organization_id, found))
    )


async def _check(
    tx: Transaction,
    actor: Actor,
    journey_id: UUID,
    of: Mapping[str, Any],
    found: StakeholderValue | None,
) -> None:
    """Invalid when what is named does not exist; a department removed since may stay."""
    kept = [found.department_id] if found else []
    await check_references(tx, actor, {"department_id": of["department_id"]}, kept=kept)
    if of["touchpoint_id"] is not None:
        try:
            touchpoint = await entity(tx, actor, Touchpoint, of["touchpoint_id"])
            await check_surroundings(tx, actor, touchpoint)
        except NotFound:
            touchpoint = None
        if touchpoint is None or touchpoint.journey_id != journey_id:
            detail = "There is no such touchpoint in this journey."
            raise impossible(detail, "unknown_touchpoint", "touchpoint_id")
