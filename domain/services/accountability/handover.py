"""Handover: what a member answers for goes on with somebody else, who has yet to accept it."""

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
from domain.roles import Condition, May, Relation
from domain.services.steps.assigning import ended, give, proceed
from domain.services.steps.references import check_references
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import entity

MAY = May.ASSIGN_RESPONSIBILITY


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The responsibilities that go on, and those the actor had to leave where they are."""

    given: Sequence[Row]
    left: Sequence[UUID]


async def hand_over(
    tx: Transaction, actor: Actor, member_id: UUID, to_member_id: UUID, note: str
) -> HandedOver:
    """Hand on whatever of a member's live responsibilities the actor may assign."""
    await hold_actor(tx, actor)
    await member(tx, actor, member_id)
    heads = await _held(tx, actor, member_id)
    rows = [row for row in await live_of(tx, actor, member_id) if row["journey_id"] in heads]
    whom = member_id, to_member_id
    managed = all([await manages(tx, actor, one, None) for one in whom])
    ties = (Relation.MANAGER_OF_ASSIGNEE,) if managed else ()
    mine = [row for row in rows if permits(actor, MAY, place_in(row, actor).standing(actor, *ties))]
    if not mine:
        _refuse(actor, rows, ties)
    await check_references(tx, actor, {"to_member_id": to_member_id})
    if member_id == to_member_id:
        detail = "They answer for it already: name another member."
        raise impossible(detail, "same_member", "to_member_id")
    given = await _move(tx, actor, heads, mine, (to_member_id, note))
    left = {row["id"] for row in rows} - {row["id"] for row in mine}
    return HandedOver([await responsibility(tx, actor, one) for one in given], sorted(left))


async def _held(tx: Transaction, actor: Actor, member_id: UUID) -> dict[UUID, Locked]:
    """The heads of the journeys in which they answer for something, held in one order for all."""
    journeys = {row["journey_id"] for row in await live_of(tx, actor, member_id)}
    return {one: await ledger.lock(tx, actor, one) for one in sorted(journeys)}


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
