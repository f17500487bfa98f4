"""What an export reads of the map: a journey and its parts, in the order they stand in."""

from typing import Any

from sqlalchemy import ARRAY, Select, Uuid, and_, bindparam, func, literal_column, or_, select

from domain.database import hot
from domain.models.identity.departments import Department
from domain.models.maps.channels import Channel
from domain.models.maps.journeys import Journey, JourneyPersona
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.personas import Persona
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint, TouchpointChannel
from domain.models.moments.moments import Moment
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.readers import ORGANIZATION
from domain.words import MomentStatus

JOURNEY: Any = bindparam("journey_id", type_=Uuid())
IDS: Any = bindparam("ids", type_=ARRAY(Uuid()))


def of_journey(model: Any, *columns: Any) -> Select[Any]:
    """The rows of a model in the journey."""
    return select(*(columns or model.__table__.c)).where(
        model.organization_id == ORGANIZATION, model.journey_id == JOURNEY
    )


def at_touchpoint(model: Any) -> Select[Any]:
    """The same, of touchpoints that stand on the map."""
    its_own = and_(
        Touchpoint.organization_id == model.organization_id, Touchpoint.id == model.touchpoint_id
    )
    return of_journey(model).join(Touchpoint, its_own).join(Stage, ITS_STAGE).where(*ON_THE_MAP)


def _channel_keys() -> Any:
    keys = (
        select(func.array_agg(Channel.key))
        .join(
            TouchpointChannel,
            (TouchpointChannel.organization_id == Channel.organization_id)
            & (TouchpointChannel.channel_id == Channel.id),
        )
        .where(Channel.organization_id == ORGANIZATION, TouchpointChannel.id == Touchpoint.id)
        .correlate(Touchpoint)
        .scalar_subquery()
    )
    return func.coalesce(keys, literal_column("'{}'::text[]")).label("channels")


_PERSONAS_OF_JOURNEY = select(JourneyPersona.persona_id).where(
    JourneyPersona.organization_id == ORGANIZATION, JourneyPersona.id == JOURNEY
)
_PERSONAS_WHO_FEEL = select(Emotion.persona_id).where(
    Emotion.organization_id == ORGANIZATION,
    Emotion.journey_id == JOURNEY,
    Emotion.removed_at.is_(None),
)

JOURNEYS = hot(
    select(*Journey.__table__.c).where(
        Journey.organization_id == ORGANIZATION, Journey.id == JOURNEY
    )
)
PERSONAS = hot(
    select(*Persona.__table__.c)
    .where(
        Persona.organization_id == ORGANIZATION,
        Persona.removed_at.is_(None),
        or_(Persona.id.in_(_PERSONAS_OF_JOURNEY), Persona.id.in_(_PERSONAS_WHO_FEEL)),
    )
    .order_by(Persona.id)
)
STAGES = hot(of_journey(Stage).where(Stage.removed_at.is_(None)).order_by(Stage.position, Stage.id))
TOUCHPOINTS = hot(
    of_journey(Touchpoint, *Touchpoint.__table__.c, _channel_keys())
    .join(Stage, ITS_STAGE)
    .where(*ON_THE_MAP)
    .order_by(Touchpoint.position, Touchpoint.id)
)
LANES = hot(of_journey(Lane).where(Lane.removed_at.is_(None)).order_by(Lane.position, Lane.id))
CELLS = hot(of_journey(Cell).where(Cell.body != "").order_by(Cell.id))
EMOTIONS = hot(at_touchpoint(Emotion).where(Emotion.removed_at.is_(None)).order_by(Emotion.id))
MOMENTS = hot(
    at_touchpoint(Moment).where(Moment.status != MomentStatus.RETIRED.value).order_by(Moment.id)
)
DEPARTMENTS = hot(
    select(Department.id, Department.name, Department.external, Department.path).where(
        Department.organization_id == ORGANIZATION
    )
)
CHANNELS = hot(select(Channel.key, Channel.name).where(Channel.organization_id == ORGANIZATION))
