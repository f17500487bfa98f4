"""Which files are still known: whatever else is kept can go."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ARRAY, DateTime, Text, bindparam, or_, select

from domain.clock import now
from domain.database import Transaction, hot
from domain.models.findings.evidence import Attachment
from domain.queries.readers import ORGANIZATION

KEPT_FOR = timedelta(days=30)
"""How long a file is kept after it was removed."""

_KNOWN = hot(
    select(Attachment.storage_key).where(
        Attachment.organization_id == ORGANIZATION,
        Attachment.storage_key == bindparam("keys", type_=ARRAY(Text())).any_(),
        or_(
            Attachment.removed_at.is_(None),
            Attachment.removed_at > bindparam("since", type_=DateTime(timezone=True)),
        ),
    )
)


async def known_keys(tx: Transaction, keys: Sequence[str]) -> set[str]:
    """Those of the keys whose files are attached, or were until not long ago."""
    given = {"organization_id": tx.organization_id, "keys": list(keys)}
    rows = await tx.rows(_KNOWN, since=now() - KEPT_FOR, **given)
    return {row["storage_key"] for row in rows}
