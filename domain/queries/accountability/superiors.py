"""Who is above a member in the chain of command."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ARRAY, Text, bindparam, literal, select
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.identity.members import Member
from domain.queries.readers import ME, ORGANIZATION
from domain.roles import Group
from domain.words import MemberStatus

# Nobody manages themselves, directly or around a corner; should the data say so, it ends here.
_HIGHEST = 50

_climb = (
    select(Member.id, Member.manager_id, literal(0).label("height"))
    .where(Member.organization_id == ORGANIZATION, Member.id == ME)
    .cte("climb", recursive=True)
)
_Above = aliased(Member)
_climb = _climb.union_all(
    select(_Above.id, _Above.manager_id, _climb.c.height + 1)
    .join(_climb, _Above.id == _climb.c.manager_id)
    .where(_Above.organization_id == ORGANIZATION, _climb.c.height < _HIGHEST)
)
_SUPERIORS = hot(
    select(Member.id, Member.name, Member.group, _climb.c.height)
    .join(_climb, _climb.c.id == Member.id)
    .where(
        Member.organization_id == ORGANIZATION,
        _climb.c.height > 0,
        Member.id != ME,
        Member.status == MemberStatus.ACTIVE.value,
        Member.group == bindparam("groups", type_=ARRAY(Text())).any_(),
    )
    .order_by(_climb.c.height)
    .limit(bindparam("limit"))
)


async def superiors(
    tx: Transaction, actor: Actor, groups: Iterable[Group], limit: int
) -> Sequence[Row]:
    """The actor's managers who are active members of one of the groups, nearest first."""
    return await tx.rows(
        _SUPERIORS,
        organization_id=actor.organization_id,
        me=actor.member_id,
        groups=[group.value for group in groups],
        limit=limit,
    )
