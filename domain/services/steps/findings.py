"""Finding a finding in order to change it, and judging what is said of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import Conflict, FieldError, Invalid, NotFound
from domain.ledger import Locked
from domain.models.findings.findings import Finding
from domain.policy import require
from domain.queries.maps.places import Place
from domain.results import FindingKind, FindingStatus
from domain.roles import May, Relation
from domain.rules.findings import faults, foreign
from domain.services.steps.places import current
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import entity, subject

_WIRE = {"left_count": "left"}
_STATES = {
    FindingStatus.ADDRESSED: "This finding was addressed: reopen it first.",
    FindingStatus.DISMISSED: "This finding was dismissed: reopen it first.",
    FindingStatus.MERGED: "This finding is part of another one: go to merged_into_id.",
}


async def found(tx: Transaction, actor: Actor, finding_id: UUID) -> tuple[Locked, Place, Finding]:
    """Hold a finding's journey and find it there; NotFound when it is not to be seen."""
    head, place, one = await subject(tx, actor, Finding, finding_id)
    if place.subject_removed:
        raise NotFound
    return head, place, one


async def editable(
    tx: Transaction, actor: Actor, finding_id: UUID, expected: int
) -> tuple[Locked, Finding]:
    """Hold a finding that the actor may edit, at the version they expect."""
    head, place, one = await found(tx, actor, finding_id)
    require(actor, May.EDIT_FINDING, place.standing(actor, *ties(one.author_id, actor)))
    current(one.version, expected)
    return head, one


def ties(author_id: UUID, actor: Actor) -> tuple[Relation, ...]:
    """What having written something ties the actor to it with."""
    return (Relation.AUTHOR,) if author_id == actor.member_id else ()


def is_open(one: Finding) -> None:
    """Conflict when a finding is closed or merged."""
    if one.status != FindingStatus.OPEN:
        status = FindingStatus(one.status)
        raise Conflict(_STATES[status], code=f"finding_{status}")


async def check(
    tx: Transaction,
    actor: Actor,
    journey_id: UUID,
    said: Mapping[str, Any],
    before: Finding | None = None,
) -> None:
    """Invalid, pointing at it, for what its kind does not say, or what contradicts itself."""
    if before is not None:
        _check_kind(FindingKind(before.kind), said)
    whole = said if before is None else {**_numbers(before), **said}
    wrong = faults(whole)
    if wrong:
        errors = [FieldError(why, "contradiction", f"#/{_WIRE.get(f, f)}") for f, why in wrong]
        raise Invalid(errors[0].detail, code="contradiction", errors=errors)
    if said.get("caused_by_id"):
        await _check_cause(tx, actor, journey_id, said["caused_by_id"], before)


def _check_kind(kind: FindingKind, said: Mapping[str, Any]) -> None:
    errors = [
        FieldError(
            f"Findings of the kind {kind} do not say this.",
            "not_of_this_kind",
            f"#/{_WIRE.get(name, name)}",
        )
        for name in foreign(kind, said)
    ]
    if errors:
        raise Invalid(errors[0].detail, code="not_of_this_kind", errors=errors)


def _numbers(before: Finding) -> dict[str, Any]:
    names = ("entered", "left_count", "measured_from", "measured_to")
    return {name: getattr(before, name) for name in names}


async def _check_cause(
    tx: Transaction, actor: Actor, journey_id: UUID, cause_id: UUID, before: Finding | None
) -> None:
    """A drop-off is caused by a finding of its journey that is no effect of it."""
    try:
        cause = await entity(tx, actor, Finding, cause_id)
    except NotFound:
        cause = None
    if cause is None or cause.journey_id != journey_id:
        detail = "There is no such finding in this journey."
        raise impossible(detail, "unknown_finding", "caused_by_id")
    if before is not None:
        await _refuse_circle(tx, actor, cause, before)


async def _refuse_circle(tx: Transaction, actor: Actor, cause: Finding, before: Finding) -> None:
    """Invalid when the cause of a cause, however far back, is the finding itself."""
    at: Finding | None = cause
    seen: set[UUID] = set()
    while at is not None and at.id not in seen:
        if at.id == before.id:
            raise impossible("Nothing causes itself.", "circular", "caused_by_id")
        seen.add(at.id)
        key = at.caused_by_id
        at = await tx.entity(Finding, (actor.organization_id, key)) if key else None
