"""Where to write to members: addresses leave the identity module for letters only."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, select

from domain.database import Row, Transaction, hot
from domain.models.identity.accounts import Account
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.queries.identity.people import ACTIVE_PERSON, ADDRESS
from domain.queries.identity.seeing import ITS_DEPARTMENT, SEES_IT
from domain.queries.readers import ORGANIZATION

_ADDRESSES = hot(
    select(Member.id, Member.name, ADDRESS.label("email"))
    .join(Account, Account.id == Member.account_id)
    .join(
        Journey,
        (Journey.organization_id == Member.organization_id)
        & (Journey.id == bindparam("journey_id", type_=Uuid())),
    )
    .outerjoin(Department, ITS_DEPARTMENT)
    .where(
        SEES_IT,
        Member.organization_id == ORGANIZATION,
        Member.id == bindparam("ids", type_=ARRAY(Uuid())).any_(),
        ACTIVE_PERSON,
    )
)


async def addresses(
    tx: Transaction, journey_id: UUID, member_ids: Sequence[UUID]
) -> dict[UUID, Row]:
    """The names of those who are active and see the journey, and their addresses, null without."""
    given = {"organization_id": tx.organization_id, "journey_id": journey_id}
    return {row["id"]: row for row in await tx.rows(_ADDRESSES, ids=list(member_ids), **given)}
