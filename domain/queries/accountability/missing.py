"""What the sign-off rules of a journey still lack, for whoever wants to move it on."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, func, literal_column, select

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.identity.departments import Department
from domain.models.maps.journeys import Journey
from domain.models.maps.touchpoints import Touchpoint
from domain.queries.accountability.satisfaction import states
from domain.queries.readers import ORGANIZATION

LISTED = 100
"""How many unsatisfied rules a refusal lists."""

_JOURNEY = bindparam("journey_id", type_=Uuid())
_FOUND = states(lambda column: column == _JOURNEY)
_RULE = _FOUND.rules.c
_MISSING = hot(
    select(
        *_RULE,
        Department.name.label("department_name"),
        func.coalesce(Touchpoint.name, Journey.title).label("subject_name"),
    )
    .join(Journey, and_(Journey.organization_id == ORGANIZATION, Journey.id == _RULE.journey_id))
    .outerjoin(
        Touchpoint,
        and_(Touchpoint.organization_id == ORGANIZATION, Touchpoint.id == _RULE.touchpoint_id),
    )
    .outerjoin(
        Department,
        and_(Department.organization_id == ORGANIZATION, Department.id == _RULE.department_id),
    )
    .where(~_RULE.satisfied)
    .order_by(_RULE.touchpoint_id.is_not(None), _RULE.rule_id)
    .limit(literal_column(str(LISTED)))
)


async def missing(tx: Transaction, actor: Actor, journey_id: UUID) -> Sequence[Row]:
    """The unsatisfied rules of a journey and of its moments, the journey's own first."""
    given = {"organization_id": actor.organization_id, "journey_id": journey_id}
    return await tx.rows(_MISSING, **given)
