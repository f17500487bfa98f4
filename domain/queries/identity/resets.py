"""Rights to set a new password."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ARRAY, DateTime, LargeBinary, bindparam, select

from domain.database import Row, Transaction, hot
from domain.models.identity.accounts import Account, PasswordReset

_USABLE = hot(
    select(PasswordReset.id, PasswordReset.account_id, Account.email)
    .join(Account, Account.id == PasswordReset.account_id)
    .where(
        PasswordReset.secret_hash == bindparam("digests", type_=ARRAY(LargeBinary())).any_(),
        PasswordReset.used_at.is_(None),
        PasswordReset.expires_at > bindparam("at", type_=DateTime(timezone=True)),
    )
)


async def usable(tx: Transaction, digests: Sequence[bytes], at: datetime) -> Row | None:
    """The right that goes with one of these digests, if it is still good."""
    return await tx.row(_USABLE, digests=list(digests), at=at)
