"""Rights on a journey: grant, revoke."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import FieldError, Invalid
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.maps.journeys import Grant
from domain.policy import require
from domain.roles import May
from domain.services.steps.changing import touch
from domain.services.steps.places import current, enter
from domain.services.steps.references import check_references
from domain.services.steps.subjects import subject

GRANTEES = ("member_id", "department_id", "group")


async def grant(
    tx: Transaction, actor: Actor, journey_id: UUID, role: str, grantee: Mapping[str, Any]
) -> Grant:
    """Give a member, a department with all below it, or a group a role on a journey."""
    head, place = await enter(tx, actor, journey_id)
    require(actor, May.GRANT_ACCESS, place.standing(actor))
    _check_one(grantee)
    await check_references(tx, actor, grantee, programs=True)
    given = Grant(
        organization_id=actor.organization_id,
        journey_id=journey_id,
        role=role,
        created_by=actor.member_id,
        **grantee,
    )
    await tx.add(given)
    await ledger.record(tx, actor, head, Fact(Verb.ACCESS_GRANTED, given))
    return given


def _check_one(grantee: Mapping[str, Any]) -> None:
    if sum(grantee.get(name) is not None for name in GRANTEES) != 1:
        detail = "Name one of member_id, department_id and group: whom to give the role."
        raise Invalid(detail, errors=[FieldError(detail, "one_grantee", "#")])


async def revoke(tx: Transaction, actor: Actor, grant_id: UUID, expected: int) -> None:
    """Take a role on a journey back."""
    head, place, given = await subject(tx, actor, Grant, grant_id)
    require(actor, May.GRANT_ACCESS, place.standing(actor))
    current(given.version, expected)
    given.removed_at = now()
    touch(given)
    await ledger.record(tx, actor, head, Fact(Verb.ACCESS_REVOKED, given))
