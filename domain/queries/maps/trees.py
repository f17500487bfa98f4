"""The journeys above and below one: up to the roots, down to the leaves, as far as one sees them.

What the reader may not see is left out, and with it whatever could only be reached through it.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    case,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.errors import NotFound
from domain.models.identity.organizations import Organization
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.queries.maps.drawn import JOURNEY
from domain.queries.maps.journey_counts import OPEN_THREADS, STAGES, TOUCHPOINTS, moments_of
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.told import EMPTY, fields
from domain.rules.nesting import MOST_LEVELS

MOST_JOURNEYS = 500
"""How many journeys a tree tells of, those nearest first."""

_HERE: ColumnElement[int] = literal_column("0")
_STEP: ColumnElement[int] = literal_column("1")


def _walked(*, up: bool) -> CTE:
    """The journey and those above it, or below it, with how many levels lie between."""
    begin = select(Journey.id, _HERE.label("depth")).where(journey_visible(), Journey.id == JOURNEY)
    found = begin.cte("upwards" if up else "downwards", recursive=True)
    here, there = Touchpoint.journey_id, Touchpoint.child_journey_id
    near, far = (there, here) if up else (here, there)
    further = (
        select(Journey.id, found.c.depth + (-_STEP if up else _STEP))
        .select_from(found)
        .join(Touchpoint, (Touchpoint.organization_id == ORGANIZATION) & (near == found.c.id))
        .join(Stage, ITS_STAGE)
        .join(Journey, (Journey.organization_id == ORGANIZATION) & (Journey.id == far))
        .where(journey_visible(), *ON_THE_MAP, func.abs(found.c.depth) < MOST_LEVELS)
    )
    return found.union(further)


def _nodes() -> CTE:
    """Each journey once, at its smallest distance."""
    up, down = _walked(up=True), _walked(up=False)
    reached = union_all(select(up), select(down)).subquery("reached")
    lowest, highest = func.min(reached.c.depth), func.max(reached.c.depth)
    depth = case((lowest >= _HERE, lowest), else_=highest).label("depth")
    nearest = select(reached.c.id, depth).group_by(reached.c.id)
    return (
        nearest.order_by(func.abs(depth.element), reached.c.id)
        .limit(literal_column(str(MOST_JOURNEYS + 1)))
        .cte("nodes")
    )


def _hangs_on(nodes: CTE) -> Any:
    """The touchpoints of journeys of the tree that open into this one, in map order."""
    told = fields(
        journey_id=Touchpoint.__table__.c.journey_id,
        touchpoint_id=Touchpoint.__table__.c.id,
        touchpoint_name=Touchpoint.__table__.c.name,
    )
    order = (Touchpoint.journey_id, Stage.position, Touchpoint.position, Touchpoint.id)
    return (
        select(func.coalesce(func.json_agg(aggregate_order_by(told, *order)), EMPTY))
        .join(Stage, ITS_STAGE)
        .where(
            Touchpoint.organization_id == ORGANIZATION,
            Touchpoint.child_journey_id == Journey.id,
            Touchpoint.journey_id.in_(select(nodes.c.id)),
            *ON_THE_MAP,
        )
        .correlate(Journey)
        .scalar_subquery()
    )


def _tree() -> Select[Any]:
    nodes = _nodes()
    return (
        select(
            *Journey.__table__.c,
            nodes.c.depth,
            Organization.names_leaders,
            STAGES.label("stage_count"),
            TOUCHPOINTS.label("touchpoint_count"),
            OPEN_THREADS.label("open_thread_count"),
            moments_of(nodes).label("moments"),
            _hangs_on(nodes).label("hangs_on"),
        )
        .select_from(nodes)
        .join(Journey, (Journey.organization_id == ORGANIZATION) & (Journey.id == nodes.c.id))
        .join(Organization, Organization.id == ORGANIZATION)
        .order_by(nodes.c.depth, Journey.title, Journey.id)
    )


_TREE = hot(_tree())


async def tree(tx: Transaction, actor: Actor, journey_id: UUID) -> Sequence[Row]:
    """The journeys of the tree, from the topmost down; NotFound when the actor sees none."""
    rows = await tx.rows(_TREE, journey_id=journey_id, **reader(actor))
    if not rows:
        raise NotFound
    return rows
