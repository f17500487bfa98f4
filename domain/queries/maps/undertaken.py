"""What is to be gained and done at a touchpoint, as the map tells it."""

from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, literal_column, or_, select

from domain.models.outcomes.actions import Action
from domain.models.outcomes.opportunities import Opportunity
from domain.queries.maps.summaries import JOURNEY
from domain.queries.outcomes.due import ACTION_OWED
from domain.queries.readers import ORGANIZATION
from domain.queries.told import fields
from domain.results import OpportunityStatus

_OPEN = (OpportunityStatus.OPEN, OpportunityStatus.CHOSEN, OpportunityStatus.IN_PROGRESS)
NOTHING_TO_DO: ColumnElement[Any] = fields(
    open=literal_column("0"), next_due_on=literal_column("NULL")
)
"""The actions of a touchpoint at which nothing is to be done."""


def gainful() -> Subquery:
    """Rows (touchpoint_id, open): opportunities that are open, chosen or in progress."""
    return (
        select(Opportunity.touchpoint_id, func.count().label("open"))
        .where(
            Opportunity.organization_id == ORGANIZATION,
            Opportunity.journey_id == JOURNEY,
            or_(*(Opportunity.status == literal_column(f"'{one}'") for one in _OPEN)),
            Opportunity.removed_at.is_(None),
        )
        .group_by(Opportunity.touchpoint_id)
        .subquery("gainful")
    )


def undertaken() -> Subquery:
    """Rows (touchpoint_id, actions): JSON of what is planned, in progress or blocked."""
    actions = fields(open=func.count(), next_due_on=func.min(Action.due_on))
    return (
        select(Action.touchpoint_id, actions.label("actions"))
        .where(
            Action.organization_id == ORGANIZATION,
            Action.journey_id == JOURNEY,
            ACTION_OWED,
            Action.removed_at.is_(None),
        )
        .group_by(Action.touchpoint_id)
        .subquery("undertaken")
    )
