"""Responsibilities for moments: assign, accept, decline, end."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.duties import ResponsibilityRole, ResponsibilityStatus
from domain.errors import Conflict, FieldError, Invalid, NotFound
from domain.facts import Verb
from domain.ledger import Locked
from domain.models.accountability.responsibilities import Responsibility
from domain.models.moments.moments import Moment
from domain.policy import require
from domain.queries.accountability.responsibilities import (
    MAY_IN,
    hold_responsibility,
    responsibility,
    standing,
)
from domain.queries.identity.chains import manages
from domain.roles import May, Relation
from domain.services.steps.assigning import answered, ended, give, proceed
from domain.services.steps.places import current
from domain.services.steps.references import check_references
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import entity, subject
from domain.words import MomentStatus

_REFUSED = {
    ResponsibilityStatus.ACCEPTED: "This responsibility is accepted already: it can be ended only.",
    ResponsibilityStatus.DECLINED: "This responsibility was declined: assign it anew.",
    ResponsibilityStatus.ENDED: "This responsibility has ended: assign it anew.",
}


async def assign(tx: Transaction, actor: Actor, moment_id: UUID, fields: Mapping[str, Any]) -> Row:
    """Ask a member or a department to answer for a moment; they have yet to accept."""
    head, place, moment = await subject(tx, actor, Moment, moment_id)
    if place.subject_removed:
        raise NotFound
    whom = fields.get("member_id"), fields.get("department_id")
    ties = [Relation.MANAGER_OF_ASSIGNEE] if await manages(tx, actor, *whom) else []
    require(actor, May.ASSIGN_RESPONSIBILITY, place.standing(actor, *ties))
    _check_assignee(fields)
    await check_references(tx, actor, fields)
    if moment.status == MomentStatus.RETIRED:
        raise Conflict(
            "This moment is retired: nominate its touchpoint again.", code="moment_retired"
        )
    what = {**fields, "moment_id": moment.id, "touchpoint_id": moment.touchpoint_id}
    _, given = await give(tx, actor, head, place.journey_id, what)
    return await responsibility(tx, actor, given.id)


def _check_assignee(fields: Mapping[str, Any]) -> None:
    named = [name for name in ("member_id", "department_id") if fields.get(name) is not None]
    if len(named) != 1:
        detail = "Name one of member_id and department_id: who is to answer for the moment."
        raise Invalid(detail, code="one_assignee", errors=[FieldError(detail, "one_assignee", "#")])
    if fields["role"] == ResponsibilityRole.ACCOUNTABLE and named == ["department_id"]:
        detail = "Only a person is accountable: name a member_id."
        raise impossible(detail, "accountable_is_a_person", "department_id")


async def accept(tx: Transaction, actor: Actor, responsibility_id: UUID, expected: int) -> Row:
    """Take it on."""
    may = May.ANSWER_RESPONSIBILITY
    head, held = await _held(tx, actor, responsibility_id, may, expected)
    what = held, Verb.RESPONSIBILITY_ACCEPTED
    await proceed(tx, actor, head, what, answered(actor, ResponsibilityStatus.ACCEPTED))
    return await responsibility(tx, actor, responsibility_id)


async def decline(
    tx: Transaction, actor: Actor, responsibility_id: UUID, reason: str, expected: int
) -> Row:
    """Say that one will not answer for it, and why."""
    may = May.ANSWER_RESPONSIBILITY
    head, held = await _held(tx, actor, responsibility_id, may, expected)
    what = held, Verb.RESPONSIBILITY_DECLINED
    await proceed(tx, actor, head, what, answered(actor, ResponsibilityStatus.DECLINED, reason))
    return await responsibility(tx, actor, responsibility_id)


async def end(
    tx: Transaction, actor: Actor, responsibility_id: UUID, reason: str, expected: int
) -> Row:
    """Let somebody answer for a moment no longer; that they did stays readable."""
    may = May.ASSIGN_RESPONSIBILITY
    head, held = await _held(tx, actor, responsibility_id, may, expected)
    what = held, Verb.RESPONSIBILITY_ENDED
    await proceed(tx, actor, head, what, ended(actor, reason))
    return await responsibility(tx, actor, responsibility_id)


async def _held(
    tx: Transaction, actor: Actor, responsibility_id: UUID, may: May, expected: int
) -> tuple[Locked, Responsibility]:
    head, row = await hold_responsibility(tx, actor, responsibility_id)
    require(actor, may, standing(row, actor))
    current(row["version"], expected)
    status = ResponsibilityStatus(row["status"])
    if may not in MAY_IN[status]:
        raise Conflict(_REFUSED[status], code=f"responsibility_{status}")
    return head, await entity(tx, actor, Responsibility, responsibility_id)
