"""When an action is late, from the end of its day on in the organization's time zone, and where."""

from typing import Any

from sqlalchemy import ColumnElement, DateTime, bindparam, cast, func, literal_column, or_, select

from domain.models.identity.organizations import Organization
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.outcomes.actions import Action
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.readers import ORGANIZATION
from domain.rules.actions import LIVE, OWED

NOW = bindparam("now", type_=DateTime(timezone=True))
_TIMEZONE = select(Organization.timezone).where(Organization.id == ORGANIZATION).scalar_subquery()
ACTION_DUE: ColumnElement[Any] = func.timezone(
    _TIMEZONE, cast(Action.due_on + literal_column("1"), DateTime)
)
"""The first moment after the day on which an action is due, as domain.rules.calendar.end_of."""
ACTION_OWED = or_(*(Action.status == literal_column(f"'{one}'") for one in OWED))
ACTION_LIVE = or_(*(Action.status == literal_column(f"'{one}'") for one in LIVE))
ACTION_LATE = func.coalesce(ACTION_OWED & (ACTION_DUE <= NOW), literal_column("false"))

# An action goes on when its touchpoint is taken off the map: then it is at its journey.
ON_MAP = (
    select(Touchpoint.id)
    .join(Stage, ITS_STAGE)
    .where(
        Touchpoint.organization_id == ORGANIZATION,
        Touchpoint.id == Action.touchpoint_id,
        *ON_THE_MAP,
    )
    .correlate(Action)
    .scalar_subquery()
)
"""The touchpoint of an action while it is on the map."""
