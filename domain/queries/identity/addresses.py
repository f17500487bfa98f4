"""Where to write to members: addresses leave the identity module for letters only."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, select

from domain.database import Row, Transaction, hot
from domain.models.identity.accounts import Account
from domain.models.identity.members import Member
from domain.queries.readers import ORGANIZATION
from domain.words import MemberStatus

_ADDRESSES = hot(
    select(Member.id, Member.name, Account.email)
    .join(Account, Account.id == Member.account_id)
    .where(
        Member.organization_id == ORGANIZATION,
        Member.id == bindparam("ids", type_=ARRAY(Uuid())).any_(),
        Member.status == MemberStatus.ACTIVE.value,
    )
)


async def addresses(tx: Transaction, member_ids: Sequence[UUID]) -> dict[UUID, Row]:
    """The names and addresses of those of the members who are active."""
    given = {"organization_id": tx.organization_id, "ids": list(member_ids)}
    return {row["id"]: row for row in await tx.rows(_ADDRESSES, **given)}
