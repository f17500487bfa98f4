"""What of the actions of a journey belongs before a board: what is late, and what moved after."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Date, Integer, Text, bindparam, func, select

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.outcomes.actions import Action, Outcome
from domain.queries.maps.summaries import JOURNEY
from domain.queries.readers import ORGANIZATION
from domain.results import ActionStatus, OutcomeStatus

_AT_WORK = [
    status.value
    for status in (ActionStatus.PLANNED, ActionStatus.IN_PROGRESS, ActionStatus.BLOCKED)
]
_OF_JOURNEY = (
    Action.organization_id == ORGANIZATION,
    Action.journey_id == JOURNEY,
    Action.removed_at.is_(None),
)
_MOST = bindparam("most", type_=Integer())
_OVERDUE = hot(
    select(Action.title, Action.owner_id, Action.due_on, func.count().over().label("total"))
    .where(
        *_OF_JOURNEY,
        Action.status == bindparam("at_work", type_=ARRAY(Text())).any_(),
        Action.due_on < bindparam("today", type_=Date()),
    )
    .order_by(Action.due_on, Action.id)
    .limit(_MOST)
)
_MOVED = hot(
    select(*Outcome.__table__.c, Action.title, func.count().over().label("total"))
    .join(Action, (Action.organization_id == ORGANIZATION) & (Action.id == Outcome.action_id))
    .where(
        *_OF_JOURNEY,
        Outcome.organization_id == ORGANIZATION,
        Outcome.status == OutcomeStatus.VERIFIED.value,
    )
    .order_by(Outcome.actual_to.desc(), Outcome.id)
    .limit(_MOST)
)


class Followed(NamedTuple):
    """Each row carries the `total` of its kind: not all of them are read."""

    overdue: Sequence[Row]
    moved: Sequence[Row]


async def followed(
    tx: Transaction, actor: Actor, journey_id: UUID, today: date, most: int
) -> Followed:
    """Overdue actions, longest first, and verified outcomes, newest first.

    Of a journey that the actor is known to see; whoever sees it sees its actions.
    """
    given = {"organization_id": actor.organization_id, "journey_id": journey_id, "most": most}
    overdue = await tx.rows(_OVERDUE, **given, at_work=_AT_WORK, today=today)
    return Followed(overdue, await tx.rows(_MOVED, **given))
