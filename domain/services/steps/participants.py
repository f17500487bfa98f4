"""Who is asked for something in a journey may see it: being asked grants `participant`."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.maps.journeys import Grant
from domain.queries.maps.participants import participants
from domain.roles import Group
from domain.words import GrantRole


async def take_in(
    tx: Transaction,
    actor: Actor,
    head: Locked,
    *,
    members: Iterable[UUID] = (),
    departments: Iterable[UUID] = (),
    groups: Iterable[Group] = (),
) -> Locked:
    """Grant `participant` on the held journey to those who do not hold it; the head as it is then.

    The facts that follow in the same transaction are recorded after the head returned.
    """
    there = await participants(tx, actor, head.stream_id)
    asked: list[dict[str, Any]] = [
        *({"member_id": one} for one in members if one not in there),
        *({"department_id": one} for one in departments if one not in there),
        *({"group": one.value} for one in groups if one.value not in there),
    ]
    grants = [_participation(tx, head, actor.member_id, **grantee) for grantee in asked]
    await tx.add(*grants)
    return await ledger.record(
        tx, actor, head, *(Fact(Verb.ACCESS_GRANTED, given) for given in grants)
    )


async def let_edit(tx: Transaction, actor: Actor, head: Locked) -> Locked:
    """Grant a program `editor` on the held journey that it made: somebody else owns that."""
    if actor.answered_by is None:
        return head
    given = _grant(tx, head, actor.member_id, GrantRole.EDITOR, member_id=actor.member_id)
    await tx.add(given)
    return await ledger.record(tx, actor, head, Fact(Verb.ACCESS_GRANTED, given))


async def let_in(tx: Transaction, head: Locked, member_id: UUID, owner_id: UUID) -> Locked:
    """The same for one member, where it is the system that asks: the grant is its owner's."""
    given = _participation(tx, head, owner_id, member_id=member_id)
    await tx.add(given)
    return await ledger.record(tx, None, head, Fact(Verb.ACCESS_GRANTED, given))


def _participation(tx: Transaction, head: Locked, by: UUID, **grantee: Any) -> Grant:
    return _grant(tx, head, by, GrantRole.PARTICIPANT, **grantee)


def _grant(tx: Transaction, head: Locked, by: UUID, role: GrantRole, **grantee: Any) -> Grant:
    assert tx.organization_id is not None, "a journey belongs to an organization"
    return Grant(
        organization_id=tx.organization_id,
        journey_id=head.stream_id,
        role=role.value,
        created_by=by,
        **grantee,
    )
