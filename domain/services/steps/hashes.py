"""Storing the hash of a password."""

from uuid import UUID

from sqlalchemy import update

from domain.database import Transaction
from domain.models.identity.accounts import Account


async def set_hash(tx: Transaction, account_id: UUID, hashed: str) -> None:
    """From now on the account has this password. Whether sessions end is the caller's to say."""
    session = await tx.session()
    await session.execute(
        update(Account).where(Account.id == account_id).values(password_hash=hashed)
    )
