"""Handing over what a member answers for, on the wire."""

from uuid import UUID

from api.schemas.accountability.responsibilities import Note, Responsibility, responsibility
from api.schemas.base import Body, Reply
from api.schemas.outcomes.actions import Action, action
from domain.actor import Actor
from domain.services.accountability.handover import HandedOver


class HandoverNew(Body):
    """Who goes on with what a member answers for; the note is kept with each responsibility."""

    to_member_id: UUID
    note: Note = ""


class Handover(Reply):
    """What goes on: each is assigned anew, and `handed_over_from` is the one that has ended.

    A role the other member had already ends without another. `actions` are those not done with;
    they have another owner now. `left` and `actions_left` are those that you see and may not hand
    over.
    """

    items: list[Responsibility]
    left: list[UUID]
    actions: list[Action]
    actions_left: list[UUID]


def handover(done: HandedOver, actor: Actor) -> Handover:
    """What was handed over, as this reader sees it."""
    items = [responsibility(row, actor) for row in done.given]
    return Handover(
        items=items,
        left=list(done.left),
        actions=[action(row, actor) for row in done.actions],
        actions_left=list(done.actions_left),
    )
