"""Handover: what a member answers for and works on goes on with somebody else.

Whoever is given a responsibility has yet to accept it; an action is theirs at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.facts import Verb
from domain.ledger import Locked
from domain.models.accountability.responsibilities import Responsibility
from domain.policy import permits, require
from domain.queries.accountability.handover import live_of, roles_of
from domain.queries.accountability.responsibilities import place_in, responsibility
from domain.queries.held import hold_actor
from domain.queries.identity.chains import manages
from domain.queries.identity.members import member
from domain.queries.outcomes.actions import action, owned_by, place_around
from domain.roles import Condition, May, Relation
from domain.services.steps.actions import hand_on
from domain.services.steps.assigning import ended, give, proceed
from domain.services.steps.references import check_references
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import entity

MAY = May.ASSIGN_RESPONSIBILITY


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What goes on, and what the actor had to leave where it is: responsibilities and actions."""

    given: Sequence[Row]
    left: Sequence[UUID]
    actions: Sequence[Row]
    actions_left: Sequence[UUID]


async def hand_over(
    tx: Transaction, actor: Actor, member_id: UUID, to_member_id: UUID, note: str
) -> HandedOver:
    """Hand on whatever of a member's live responsibilities and actions the actor may."""
    await hold_actor(tx, actor)
    await member(tx, actor, member_id)
    heads = await _held(tx, actor, member_id)
    rows = [row for row in await live_of(tx, actor, member_id) if row["journey_id"] in heads]
    work = [row for row in await owned_by(tx, actor, member_id) if row["journey_id"] in heads]
    ties = await _ties(tx, actor, member_id, to_member_id)
    mine = [row for row in rows if permits(actor, MAY, place_in(row, actor).standing(actor, *ties))]
    my_work = [row for row in work if _may_give(row, actor)]
    if not mine and not my_work:
        _refuse(actor, rows, ties)
    await check_references(tx, actor, {"to_member_id": to_member_id})
    if member_id == to_member_id:
        detail = "They answer for it already: name another member."
        raise impossible(detail, "same_member", "to_member_id")
    given = await _move(tx, actor, heads, mine, (to_member_id, note))
    for row in my_work:
        journey_id = row["journey_id"]
        heads[journey_id] = await hand_on(tx, actor, heads[journey_id], row["id"], to_member_id)
    return HandedOver(
        given=[await responsibility(tx, actor, one) for one in given],
        left=_without(rows, mine),
        actions=[await action(tx, actor, row["id"]) for row in my_work],
        actions_left=_without(work, my_work),
    )


async def _held(tx: Transaction, actor: Actor, member_id: UUID) -> dict[UUID, Locked]:
    """The heads of the journeys that this is about, held in one order for all."""
    found = [*await live_of(tx, actor, member_id), *await owned_by(tx, actor, member_id)]
    journeys = {row["journey_id"] for row in found}
    return {one: await ledger.lock(tx, actor, one) for one in sorted(journeys)}


async def _ties(
    tx: Transaction, actor: Actor, member_id: UUID, to_member_id: UUID
) -> tuple[Relation, ...]:
    managed = all([await manages(tx, actor, one, None) for one in (member_id, to_member_id)])
    return (Relation.MANAGER_OF_ASSIGNEE,) if managed else ()


def _may_give(row: Row, actor: Actor) -> bool:
    """Whether an action is theirs to give as an executive or as the owner of its journey.

    Both may let the other see the journey as well.
    """
    return permits(actor, May.UPDATE_ACTION, place_around(row, actor).standing(actor))


def _without(rows: Sequence[Row], given: Sequence[Row]) -> Sequence[UUID]:
    return sorted({row["id"] for row in rows} - {row["id"] for row in given})


def _refuse(actor: Actor, rows: Sequence[Row], ties: Sequence[Relation]) -> None:
    """Forbidden, unless they could have handed over something, were there anything."""
    if rows:
        require(actor, MAY, place_in(rows[0], actor).standing(actor, *ties))
    require(actor, MAY, actor.standing(*ties, conditions=(Condition.OPEN,)))


async def _move(
    tx: Transaction,
    actor: Actor,
    heads: dict[UUID, Locked],
    rows: Sequence[Row],
    to: tuple[UUID, str],
) -> list[UUID]:
    """End each of them, and give it anew where the other does not have the same role already."""
    to_member_id, note = to
    theirs = await roles_of(tx, actor, to_member_id)
    given: list[UUID] = []
    for row in rows:
        journey_id = row["journey_id"]
        old = await entity(tx, actor, Responsibility, row["id"])
        what = old, Verb.RESPONSIBILITY_HANDED_OVER
        head = await proceed(tx, actor, heads[journey_id], what, ended(actor, note))
        if (old.moment_id, old.role) not in theirs:
            new = _successor(old) | {"member_id": to_member_id, "note": note}
            head, made = await give(tx, actor, head, journey_id, new)
            given.append(made.id)
        heads[journey_id] = head
    return given


def _successor(old: Responsibility) -> dict[str, object]:
    """What stays as it is when somebody else goes on with it."""
    where = {"moment_id": old.moment_id, "touchpoint_id": old.touchpoint_id}
    return {**where, "role": old.role, "handed_over_from": old.id}
