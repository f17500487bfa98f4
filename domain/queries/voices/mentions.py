"""Who can be mentioned: members who may see what mentions them, departments and groups of such."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Text,
    Uuid,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.queries.identity.people import ACTIVE_PERSON
from domain.queries.identity.seeing import ITS_DEPARTMENT, SEES_IT
from domain.queries.readers import ORGANIZATION
from domain.roles import Group
from domain.rules.mentions import Mentions
from domain.words import MemberStatus

_AUTHOR = bindparam("author_id", type_=Uuid())
_REACHED = bindparam("groups", type_=ARRAY(Text()))
_ACTIVE = Member.status == MemberStatus.ACTIVE.value


def _any(name: str) -> Any:
    return bindparam(name, type_=ARRAY(Uuid())).any_()


_HERE = and_(
    Journey.organization_id == ORGANIZATION,
    Journey.id == bindparam("journey_id", type_=Uuid()),
)
_MEMBERS: Any = (
    select(
        literal_column("'member'").label("kind"),
        Member.id,
        Member.name,
        and_(SEES_IT, or_(Member.group == _REACHED.any_(), Member.id == _AUTHOR)).label("reached"),
    )
    .select_from(Member)
    .join(Journey, _HERE)
    .outerjoin(Department, ITS_DEPARTMENT)
    .where(Member.organization_id == ORGANIZATION, Member.id == _any("members"), _ACTIVE)
)
_UNIT = aliased(Department, name="unit")
_WITHIN = exists(
    select(Member.id)
    .join(Department, ITS_DEPARTMENT)
    .join(Journey, _HERE)
    .where(
        Member.organization_id == ORGANIZATION,
        ACTIVE_PERSON,
        Member.group == _REACHED.any_(),
        _UNIT.id == Department.path.any_(),
        SEES_IT,
    )
    .correlate(_UNIT)
)
_DEPARTMENTS: Any = select(
    literal_column("'department'"),
    _UNIT.id,
    _UNIT.name,
    _WITHIN,
).where(
    _UNIT.organization_id == ORGANIZATION,
    _UNIT.id == _any("departments"),
    _UNIT.removed_at.is_(None),
)
_NAMED = hot(union_all(_MEMBERS, _DEPARTMENTS))


async def named(
    tx: Transaction,
    actor: Actor,
    found: Mentions,
    place: tuple[UUID, UUID | None],
    groups: Collection[Group],
) -> Sequence[Row]:
    """Those of the mentioned members and departments that there are, and whether it reaches them.

    `place` is the journey and the author who is named, `groups` those that may see the words.
    """
    journey_id, author_id = place
    return await tx.rows(
        _NAMED,
        organization_id=actor.organization_id,
        members=list(found.members),
        departments=list(found.departments),
        journey_id=journey_id,
        author_id=author_id,
        groups=[group.value for group in groups],
    )
