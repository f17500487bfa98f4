"""Which journeys open into which, whoever may see them, and whatever was removed from their maps.

A touchpoint off the map can be brought back, and so can the one that leads to it.
"""

from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Uuid, bindparam, exists, func, literal_column, select

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.maps.journeys import Journey
from domain.models.maps.touchpoints import Touchpoint
from domain.queries.readers import ORGANIZATION
from domain.rules.nesting import MOST_LEVELS

_PARENT, _CHILD = bindparam("parent_id", type_=Uuid()), bindparam("child_id", type_=Uuid())
_STEP: ColumnElement[int] = literal_column("1")


def _levels(start: object, *, up: bool) -> CTE:
    """The journeys above or below one, it included, with how many steps away they are."""
    begin = select(Journey.id.label("journey_id"), _STEP.label("level")).where(
        Journey.organization_id == ORGANIZATION, Journey.id == start
    )
    found = begin.cte("above" if up else "below", recursive=True)
    here, there = Touchpoint.journey_id, Touchpoint.child_journey_id
    near, far = (there, here) if up else (here, there)
    further = select(far, found.c.level + _STEP).where(
        Touchpoint.organization_id == ORGANIZATION,
        near == found.c.journey_id,
        there.is_not(None),
        # Nothing stands deeper; were it a circle all the same, this would end it.
        found.c.level <= MOST_LEVELS,
    )
    return found.union(further)


_ABOVE, _BELOW = _levels(_PARENT, up=True), _levels(_CHILD, up=False)
_REACH = hot(
    select(
        select(func.max(_ABOVE.c.level)).scalar_subquery().label("above"),
        select(func.max(_BELOW.c.level)).scalar_subquery().label("below"),
        exists(select(_BELOW.c.level).where(_BELOW.c.journey_id == _PARENT)).label("circular"),
    )
)


async def reach(tx: Transaction, actor: Actor, parent_id: UUID, child_id: UUID) -> Row:
    """`above`, `below`, `circular`: what opening one journey into another would join."""
    row = await tx.row(
        _REACH, organization_id=actor.organization_id, parent_id=parent_id, child_id=child_id
    )
    assert row is not None
    return row
