"""The structure of a journey, as it is copied: everything on the map but what members said."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint, TouchpointChannel


@dataclass(frozen=True, slots=True)
class Structure:
    """The rows that stand on a map; `channels` holds the channel ids of each touchpoint."""

    stages: Sequence[Row]
    lanes: Sequence[Row]
    touchpoints: Sequence[Row]
    emotions: Sequence[Row]
    cells: Sequence[Row]
    channels: dict[UUID, list[UUID]]


def _of(model: Any, *standing: Any) -> Hot:
    return hot(
        select(*model.__table__.c)
        .where(
            model.organization_id == bindparam("organization_id"),
            model.journey_id == bindparam("journey_id"),
            *standing,
        )
        .order_by(model.id)
    )


_STAGES = _of(Stage, Stage.removed_at.is_(None))
_LANES = _of(Lane, Lane.removed_at.is_(None))
_TOUCHPOINTS = _of(Touchpoint, Touchpoint.removed_at.is_(None))
_EMOTIONS = _of(Emotion, Emotion.removed_at.is_(None))
_CELLS = _of(Cell, Cell.body != "")
_CHANNELS = hot(
    select(TouchpointChannel.id, TouchpointChannel.channel_id)
    .join(
        Touchpoint,
        (Touchpoint.organization_id == TouchpointChannel.organization_id)
        & (Touchpoint.id == TouchpointChannel.id),
    )
    .where(
        TouchpointChannel.organization_id == bindparam("organization_id"),
        Touchpoint.journey_id == bindparam("journey_id"),
    )
)


async def structure(tx: Transaction, actor: Actor, journey_id: UUID) -> Structure:
    """What stands on a map; what stood on something removed comes along all the same."""
    given = {"organization_id": actor.organization_id, "journey_id": journey_id}
    channels: dict[UUID, list[UUID]] = defaultdict(list)
    for row in await tx.rows(_CHANNELS, **given):
        channels[row["id"]].append(row["channel_id"])
    return Structure(
        stages=await tx.rows(_STAGES, **given),
        lanes=await tx.rows(_LANES, **given),
        touchpoints=await tx.rows(_TOUCHPOINTS, **given),
        emotions=await tx.rows(_EMOTIONS, **given),
        cells=await tx.rows(_CELLS, **given),
        channels=channels,
    )
