"""How many stand where somebody stands: whether a group in a department hides one of them."""

from sqlalchemy import bindparam, func, literal_column, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.identity.members import Member
from domain.queries.identity.people import ACTIVE_PERSON
from domain.queries.readers import MY_GROUP, ORGANIZATION

ENOUGH = 3
_BESIDE = (
    select(Member.id)
    .where(
        Member.organization_id == ORGANIZATION,
        Member.group == MY_GROUP,
        Member.department_id == bindparam("department_id"),
        ACTIVE_PERSON,
    )
    .limit(literal_column(str(ENOUGH)))
    .subquery("beside")
)
_COUNT = hot(select(func.count()).select_from(_BESIDE))


async def many_stand_there(tx: Transaction, actor: Actor) -> bool:
    """Whether enough active people share the actor's group and department."""
    given = {"organization_id": actor.organization_id, "my_group": actor.group.value}
    return bool(await tx.value(_COUNT, department_id=actor.department_id, **given) >= ENOUGH)
