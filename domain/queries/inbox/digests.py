"""What a letter about somebody's inbox says: what is unread and in no letter yet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam, select, text

from domain.clock import now
from domain.database import Row, Transaction, hot
from domain.models.identity.accounts import Account
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.identity.organizations import Organization
from domain.models.inbox.notifications import Notification
from domain.models.inbox.preferences import Preference
from domain.models.maps.journeys import Journey
from domain.queries.identity.people import ACTIVE_PERSON, ADDRESS
from domain.queries.identity.seeing import ITS_DEPARTMENT
from domain.queries.inbox.notifications import in_full
from domain.queries.readers import ORGANIZATION

_MEMBER = bindparam("member_id", type_=Uuid())
# Another worker that is at it leaves the row locked: nobody waits, and nobody writes twice.
_CLAIM = hot(
    select(Preference.digest)
    .where(
        Preference.organization_id == ORGANIZATION,
        Preference.member_id == _MEMBER,
        Preference.digest_due_at <= bindparam("by", type_=DateTime(timezone=True)),
    )
    .with_for_update(skip_locked=True)
)
_ADDRESSEE = hot(
    select(
        Member.id,
        Member.group,
        Member.name,
        Department.path,
        ADDRESS.label("email"),
        Organization.name.label("organization"),
    )
    .join(Account, Account.id == Member.account_id)
    .join(Organization, Organization.id == Member.organization_id)
    .outerjoin(Department, ITS_DEPARTMENT)
    .where(
        Member.organization_id == ORGANIZATION,
        Member.id == _MEMBER,
        ACTIVE_PERSON,
        ADDRESS.is_not(None),
    )
)
_UNREAD = hot(
    in_full()
    .where(
        Notification.read_at.is_(None),
        Notification.archived_at.is_(None),
        Notification.mailed_at.is_(None),
    )
    .order_by(Journey.title, Journey.id, Notification.last_at.desc(), Notification.id)
    .limit(bindparam("limit"))
)
# A line is marked and not compared with a time: what happened before a letter may be told after it.
_MAILED = hot(
    text(
        "UPDATE notifications SET mailed_at = CAST(:now AS timestamptz)"
        " WHERE organization_id = CAST(:organization_id AS uuid) AND id = ANY(CAST(:ids AS uuid[]))"
    )
)
_NEXT = hot(
    text(
        "UPDATE preferences SET digest_due_at = CAST(:due_at AS timestamptz),"
        " digest_sent_at = coalesce(CAST(:sent_at AS timestamptz), digest_sent_at)"
        " WHERE organization_id = CAST(:organization_id AS uuid)"
        " AND member_id = CAST(:member_id AS uuid)"
    )
)


async def claim(tx: Transaction, member_id: UUID) -> Row | None:
    """Hold what a member prefers, if their letter is due; None when somebody else is at it."""
    given = {"organization_id": tx.organization_id, "member_id": member_id}
    return await tx.row(_CLAIM, **given, by=now())


async def addressee(tx: Transaction, member_id: UUID) -> Row | None:
    """Whom to write to; None when they are not active, or no letter reaches them."""
    given = {"organization_id": tx.organization_id, "member_id": member_id}
    return await tx.row(_ADDRESSEE, **given)


async def unmailed(tx: Transaction, to: Row, limit: int) -> Sequence[Row]:
    """The lines of their inbox about what they see that they have neither read nor been written.

    By journey, the newest first in each.
    """
    reading: dict[str, Any] = {
        "organization_id": tx.organization_id,
        "me": to["id"],
        "my_group": to["group"],
        "my_departments": list(to["path"] or ()),
    }
    return await tx.rows(_UNREAD, **reading, limit=limit)


async def go_on(
    tx: Transaction, member_id: UUID, due_at: datetime | None, mailed: Sequence[Row]
) -> None:
    """When the next letter is due, and what this one tells, if there is one."""
    ids = [row["id"] for row in mailed]
    if ids:
        await tx.run(_MAILED, organization_id=tx.organization_id, ids=ids, now=now())
    given = {"organization_id": tx.organization_id, "member_id": member_id}
    await tx.run(_NEXT, **given, due_at=due_at, sent_at=now() if ids else None)
