"""When a map was set back: everything that was told in one append with it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Uuid, bindparam, literal_column, select

from domain.database import Transaction, hot
from domain.facts import Verb
from domain.models.life.editions import Edition
from domain.models.records.ledger import Entry
from domain.queries.readers import ORGANIZATION

_SET_BACK = hot(
    select(Entry.at)
    .join(Edition, (Edition.organization_id == ORGANIZATION) & (Edition.id == Entry.subject_id))
    .where(
        Entry.organization_id == ORGANIZATION,
        Edition.journey_id == bindparam("journey_id", type_=Uuid()),
        Edition.restored_at.is_not(None),
        Entry.verb == literal_column(f"'{Verb.EDITION_RESTORED}'"),
        Entry.at == bindparam("moments", type_=ARRAY(BigInteger())).any_(),
    )
)


async def set_back_at(tx: Transaction, journey_id: UUID, moments: Collection[int]) -> set[int]:
    """Those of the moments, in microseconds since 1970, at which an edition was restored."""
    given = {"organization_id": tx.organization_id, "journey_id": journey_id}
    rows = await tx.rows(_SET_BACK, moments=list(moments), **given)
    return {row["at"] for row in rows}
