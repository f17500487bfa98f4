"""One touchpoint, as the map shows it."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.errors import NotFound
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint, TouchpointChannel
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.readers import ORGANIZATION, journey_visible, reader

_LINK = TouchpointChannel
_CHANNELS = (
    select(func.array_agg(aggregate_order_by(_LINK.channel_id, _LINK.channel_id.asc())))
    .where(
        _LINK.organization_id == Touchpoint.organization_id,
        _LINK.id == Touchpoint.id,
    )
    .correlate(Touchpoint)
    .scalar_subquery()
)
_TOUCHPOINT = hot(
    select(*Touchpoint.__table__.c, _CHANNELS.label("channels"))
    .join(
        Journey,
        (Journey.organization_id == Touchpoint.organization_id)
        & (Journey.id == Touchpoint.journey_id),
    )
    .join(Stage, ITS_STAGE)
    .where(
        Touchpoint.organization_id == ORGANIZATION,
        Touchpoint.id == bindparam("id", type_=Uuid()),
        *ON_THE_MAP,
        journey_visible(),
    )
)


async def touchpoint(tx: Transaction, actor: Actor, touchpoint_id: UUID) -> Row:
    """A touchpoint and its `channels`; NotFound when the actor may not see it, or it is removed."""
    row = await tx.row(_TOUCHPOINT, id=touchpoint_id, **reader(actor))
    if row is None:
        raise NotFound
    return row
