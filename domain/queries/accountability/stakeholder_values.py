"""What each group brings to customers on a journey."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, and_, bindparam, exists, or_, select

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.models.accountability.stakeholder_values import StakeholderValue
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.maps.places import place
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ORGANIZATION

_HERE = (
    StakeholderValue.organization_id == ORGANIZATION,
    StakeholderValue.journey_id == bindparam("journey_id", type_=Uuid()),
    StakeholderValue.removed_at.is_(None),
)
_AT = hot(
    select(StakeholderValue.id).where(
        *_HERE,
        StakeholderValue.group == bindparam("group", type_=Text()),
        StakeholderValue.department_id.is_not_distinct_from(
            bindparam("department_id", type_=Uuid())
        ),
        StakeholderValue.touchpoint_id.is_not_distinct_from(
            bindparam("touchpoint_id", type_=Uuid())
        ),
    )
)


async def value_at(
    tx: Transaction, actor: Actor, journey_id: UUID, of: Mapping[str, Any]
) -> UUID | None:
    """The id of what is said of a group, perhaps of a department, at a place, if anything is."""
    found: UUID | None = await tx.value(
        _AT, organization_id=actor.organization_id, journey_id=journey_id, **of
    )
    return found


FILTERS: Mapping[str, Any] = {
    "group": StakeholderValue.group == bindparam("group", type_=ARRAY(Text())).any_(),
    "department": StakeholderValue.department_id == bindparam("department", type_=Uuid()),
    "touchpoint": StakeholderValue.touchpoint_id == bindparam("touchpoint", type_=Uuid()),
}
_ITS_TOUCHPOINT = and_(
    Touchpoint.organization_id == StakeholderValue.organization_id,
    Touchpoint.id == StakeholderValue.touchpoint_id,
)
_ON_THE_MAP = or_(
    StakeholderValue.touchpoint_id.is_(None),
    exists(
        select(Touchpoint.id)
        .join(Stage, ITS_STAGE)
        .where(_ITS_TOUCHPOINT, *ON_THE_MAP)
        .correlate(StakeholderValue)
    ),
)


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    wanted = [FILTERS[name] for name in sorted(filters)]
    statement = select(*StakeholderValue.__table__.c).where(*_HERE, _ON_THE_MAP, *wanted)
    if paged:
        statement = statement.where(StakeholderValue.id > bindparam("after", type_=Uuid()))
    return hot(statement.order_by(StakeholderValue.id).limit(bindparam("limit")))


async def list_values(
    tx: Transaction, actor: Actor, journey_id: UUID, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of what is said on a journey, oldest first; NotFound when it cannot be seen."""
    await place(tx, actor, journey_id)
    given = {name: value for name, value in filters.items() if value is not None}
    bound = binding("stakeholder_values", given | {"of": journey_id})
    last = decode_id(bound, page.cursor)
    after = {} if last is None else {"after": last}
    rows = await tx.rows(
        _list(frozenset(given), last is not None),
        organization_id=actor.organization_id,
        journey_id=journey_id,
        **given,
        **after,
        limit=page.limit + 1,
    )
    return cut_by_id(rows, page.limit, bound)
