"""Departments: found, change and move, remove; the tree stays a tree."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction, hot
from domain.errors import Conflict
from domain.facts import Verb
from domain.ids import new_id
from domain.ledger import Fact
from domain.models.identity.departments import Department
from domain.policy import require
from domain.queries.identity.departments import find_department, holding, parents
from domain.roles import May
from domain.rules.departments import refuse_cycle
from domain.services.steps.changing import change, touch
from domain.services.steps.places import current
from domain.services.steps.references import check_references, named_by
from domain.services.steps.subjects import entity

# How many journeys there are is not told: there may be some that the administrator cannot see.
WAY_OUT = (
    "Move them to another one first; journeys, and what stands on them, are moved by their owners "
    "and editors, who may be the only ones to see them."
)
# A branch that moves takes everything below along: what stands above it is exchanged.
_REBASE = hot(
    text(
        """
        UPDATE departments
        SET path = CAST(:above AS uuid[]) || path[array_position(path, CAST(:id AS uuid)):]
        WHERE organization_id = CAST(:organization_id AS uuid)
          AND path @> ARRAY[CAST(:id AS uuid)]
        """
    )
)


async def create(tx: Transaction, actor: Actor, fields: Mapping[str, Any]) -> Department:
    """Add a department to the tree."""
    head = await ledger.lock_organization(tx, actor)
    require(actor, May.MANAGE_DEPARTMENTS, actor.standing())
    await check_references(tx, actor, fields)
    above = await _above(tx, actor, fields["parent_id"])
    made = new_id()
    department = Department(
        organization_id=actor.organization_id, id=made, path=[*above, made], **fields
    )
    await tx.add(department)
    await ledger.record(tx, actor, head, Fact(Verb.DEPARTMENT_CREATED, department))
    return department


async def update(
    tx: Transaction, actor: Actor, department_id: UUID, changes: Mapping[str, Any], expected: int
) -> Department:
    """Change a department, or move it with everything below it under another parent."""
    head = await ledger.lock_organization(tx, actor)
    department = await entity(tx, actor, Department, department_id)
    require(actor, May.MANAGE_DEPARTMENTS, actor.standing())
    current(department.version, expected)
    await check_references(tx, actor, changes, kept=named_by(department))
    if "parent_id" in changes:
        await _move(tx, actor, department, changes["parent_id"])
    if change(department, changes):
        await ledger.record(tx, actor, head, Fact(Verb.DEPARTMENT_UPDATED, department))
    return department


async def remove(tx: Transaction, actor: Actor, department_id: UUID, expected: int) -> None:
    """Remove a department that nothing points at any more."""
    head = await ledger.lock_organization(tx, actor)
    department = await entity(tx, actor, Department, department_id)
    require(actor, May.MANAGE_DEPARTMENTS, actor.standing())
    current(department.version, expected)
    if held := await holding(tx, actor, department_id):
        raise Conflict(
            f"Still pointing at this department: {', '.join(held)}. {WAY_OUT}",
            code="department_in_use",
        )
    department.removed_at = now()
    touch(department)
    await ledger.record(tx, actor, head, Fact(Verb.DEPARTMENT_REMOVED, department))


async def _move(
    tx: Transaction, actor: Actor, department: Department, parent_id: UUID | None
) -> None:
    above = await _above(tx, actor, parent_id)
    refuse_cycle(await parents(tx, actor), department.id, parent_id)
    given = {"organization_id": actor.organization_id, "id": department.id}
    await tx.run(_REBASE, above=above, **given)


async def _above(tx: Transaction, actor: Actor, parent_id: UUID | None) -> list[UUID]:
    """The path that a department below this parent begins with."""
    parent = await find_department(tx, actor, parent_id) if parent_id else None
    return [] if parent is None else list(parent["path"])
