"""What a member prefers, and whose letter is due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Text, Uuid, bindparam, select, text, tuple_

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction, hot
from domain.models.identity.members import Member
from domain.models.inbox.preferences import Preference
from domain.queries.identity.people import IS_PERSON
from domain.queries.readers import ME, ORGANIZATION
from domain.roles import Group
from domain.talk import Digest

START: tuple[UUID, UUID] = (UUID(int=0), UUID(int=0))

_MINE = hot(
    select(
        Preference.digest,
        Preference.muted_reasons,
        Preference.digest_due_at,
        Preference.digest_sent_at,
    ).where(Preference.organization_id == ORGANIZATION, Preference.member_id == ME)
)
_KEEP = hot(
    text(
        "INSERT INTO preferences (organization_id, member_id, digest, muted_reasons,"
        " digest_due_at, updated_at) VALUES (CAST(:organization_id AS uuid), CAST(:me AS uuid),"
        " CAST(:digest AS text), CAST(:muted_reasons AS text[]),"
        " CAST(:digest_due_at AS timestamptz), CAST(:now AS timestamptz))"
        " ON CONFLICT (organization_id, member_id) DO UPDATE SET digest = excluded.digest,"
        " muted_reasons = excluded.muted_reasons, digest_due_at = excluded.digest_due_at,"
        " updated_at = excluded.updated_at"
    )
)
# The worker finds whose letter is due by what is written: who has chosen nothing gets what one
# gets without choosing as soon as there is something to tell.
_UNWRITTEN = hot(
    select(Member.id)
    .outerjoin(
        Preference,
        (Preference.organization_id == ORGANIZATION) & (Preference.member_id == Member.id),
    )
    .where(
        Member.organization_id == ORGANIZATION,
        Member.id == bindparam("ids", type_=ARRAY(Uuid())).any_(),
        Member.group == bindparam("groups", type_=ARRAY(Text())).any_(),
        Preference.member_id.is_(None),
        IS_PERSON,
    )
)
_BEGIN = hot(
    text(
        "INSERT INTO preferences (organization_id, member_id, digest, muted_reasons,"
        " digest_due_at, updated_at)"
        " SELECT CAST(:organization_id AS uuid), id, CAST(:digest AS text), CAST('{}' AS text[]),"
        " CAST(:digest_due_at AS timestamptz), CAST(:now AS timestamptz)"
        " FROM unnest(CAST(:ids AS uuid[])) AS n (id) ORDER BY id"
        " ON CONFLICT (organization_id, member_id) DO NOTHING"
    )
)
_BY = bindparam("by", type_=DateTime(timezone=True))
_LAST: tuple[Any, ...] = (bindparam("organization"), bindparam("member"))
_DUE = hot(
    select(Preference.organization_id, Preference.member_id)
    .where(
        Preference.digest_due_at <= _BY,
        tuple_(Preference.organization_id, Preference.member_id) > tuple_(*_LAST),
    )
    .order_by(Preference.organization_id, Preference.member_id)
    .limit(bindparam("limit"))
)


async def preferences_of(tx: Transaction, actor: Actor) -> Row | None:
    """What the actor has chosen; None when nothing."""
    return await tx.row(_MINE, **_who(actor))


async def keep(
    tx: Transaction, actor: Actor, digest: Digest, muted: list[str], due_at: datetime | None
) -> None:
    """Keep what the actor chooses."""
    chosen = {"digest": digest.value, "muted_reasons": muted, "digest_due_at": due_at}
    await tx.run(_KEEP, **_who(actor), **chosen, now=now())


async def without_any(tx: Transaction, ids: Sequence[UUID], groups: Sequence[Group]) -> list[UUID]:
    """Those of the members, in these groups, who have chosen nothing and were given nothing."""
    given = {"ids": list(ids), "groups": [group.value for group in groups]}
    rows = await tx.rows(_UNWRITTEN, organization_id=tx.organization_id, **given)
    return [row["id"] for row in rows]


async def begin(
    tx: Transaction, ids: Sequence[UUID], digest: Digest, due_at: datetime | None
) -> None:
    """Write what members get without choosing; who has chosen in the meantime keeps it."""
    given = {"ids": list(ids), "digest": digest.value, "digest_due_at": due_at, "now": now()}
    await tx.run(_BEGIN, organization_id=tx.organization_id, **given)


async def due(tx: Transaction, by: datetime, after: tuple[UUID, UUID], limit: int) -> Sequence[Row]:
    """Whose letter is due in any organization: only the role of the worker sees others than one."""
    organization, member = after
    return await tx.rows(_DUE, by=by, organization=organization, member=member, limit=limit)


def _who(actor: Actor) -> dict[str, Any]:
    return {"organization_id": actor.organization_id, "me": actor.member_id}
