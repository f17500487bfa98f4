"""One stage, lane, cell or emotion, as long as it stands on the map."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.maps.journeys import Journey
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.readers import ORGANIZATION, journey_visible, reader

_HOME = aliased(Stage, name="home")
_ITS_LANE = (Lane.organization_id == Cell.organization_id) & (Lane.id == Cell.lane_id)


def _one(model: Any, *more: Any) -> Select[Any]:
    """A row of a journey that the reader may see."""
    its_journey = (Journey.organization_id == model.organization_id) & (
        Journey.id == model.journey_id
    )
    return (
        select(*model.__table__.c, *more)
        .join(Journey, its_journey)
        .where(
            journey_visible(),
            model.organization_id == ORGANIZATION,
            model.id == bindparam("id", type_=Uuid()),
        )
    )


def _placed(cells: Select[Any]) -> Select[Any]:
    """Only cells at a stage or touchpoint that is on the map."""
    its_touchpoint = (
        (Touchpoint.organization_id == Cell.organization_id)
        & (Touchpoint.id == Cell.touchpoint_id)
        & Touchpoint.removed_at.is_(None)
    )
    its_home = (_HOME.organization_id == Cell.organization_id) & or_(
        _HOME.id == Cell.stage_id, _HOME.id == Touchpoint.stage_id
    )
    joined = cells.outerjoin(Touchpoint, its_touchpoint).join(_HOME, its_home)
    return joined.where(_HOME.removed_at.is_(None))


def _ids(model: Any, *order: Any) -> Select[Any]:
    return select(func.array_agg(aggregate_order_by(model.id, *order, model.id))).select_from(model)


def _within(found: Select[Any], of: Any, name: str) -> ColumnElement[Any]:
    none: ColumnElement[Any] = literal_column("'{}'::uuid[]")
    return func.coalesce(found.correlate(of).scalar_subquery(), none).label(name)


def _stage() -> Hot:
    touchpoints = _ids(Touchpoint, Touchpoint.position).where(
        ITS_STAGE, Touchpoint.removed_at.is_(None)
    )
    at_it = (Cell.organization_id == Stage.organization_id) & (Cell.stage_id == Stage.id)
    cells = _ids(Cell).join(Lane, _ITS_LANE).where(at_it, Lane.removed_at.is_(None))
    more = _within(touchpoints, Stage, "touchpoint_ids"), _within(cells, Stage, "cell_ids")
    return hot(_one(Stage, *more).where(Stage.removed_at.is_(None)))


def _lane() -> Hot:
    cells = _within(_placed(_ids(Cell)).where(_ITS_LANE), Lane, "cell_ids")
    return hot(_one(Lane, cells).where(Lane.removed_at.is_(None)))


def _cell() -> Hot:
    return hot(_placed(_one(Cell).join(Lane, _ITS_LANE)).where(Lane.removed_at.is_(None)))


def _emotion() -> Hot:
    its_touchpoint = (Touchpoint.organization_id == Emotion.organization_id) & (
        Touchpoint.id == Emotion.touchpoint_id
    )
    found = _one(Emotion).join(Touchpoint, its_touchpoint).join(Stage, ITS_STAGE)
    return hot(found.where(Emotion.removed_at.is_(None), *ON_THE_MAP))


_STAGE, _LANE, _CELL, _EMOTION = _stage(), _lane(), _cell(), _emotion()


async def stage(tx: Transaction, actor: Actor, stage_id: UUID) -> Row:
    """A stage with `touchpoint_ids` in their order and the `cell_ids` at the stage itself."""
    return await _found(tx, actor, _STAGE, stage_id)


async def lane(tx: Transaction, actor: Actor, lane_id: UUID) -> Row:
    """A lane with the `cell_ids` that are on the map."""
    return await _found(tx, actor, _LANE, lane_id)


async def cell(tx: Transaction, actor: Actor, cell_id: UUID) -> Row:
    """A cell."""
    return await _found(tx, actor, _CELL, cell_id)


async def emotion(tx: Transaction, actor: Actor, emotion_id: UUID) -> Row:
    """An emotion."""
    return await _found(tx, actor, _EMOTION, emotion_id)


async def _found(tx: Transaction, actor: Actor, statement: Hot, piece_id: UUID) -> Row:
    """NotFound when the actor may not see it, or it was removed, itself or with what it is in."""
    row = await tx.row(statement, id=piece_id, **reader(actor))
    if row is None:
        raise NotFound
    return row
