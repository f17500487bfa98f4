"""Passwords: change one's own, ask for a new one by mail, set it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, update

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import FieldError, Invalid
from domain.models.identity.accounts import PasswordReset
from domain.queries.identity import accounts, resets
from domain.rules.emails import normalize
from domain.services.steps.ending import end_sessions
from domain.services.steps.hashes import set_hash
from domain.services.steps.proving import Credentials, Hasher, SignInRefused, named, prove
from domain.services.steps.throttling import RESETS_PER_ACCOUNT, RESETS_PER_ADDRESS, reserve
from domain.words import SessionEnd

RESET_LIFETIME = timedelta(hours=1)

Judge = Callable[[str, str, str], None]
"""Refuses a bad password: the password, the e-mail address, the pointer to the field."""


@dataclass(frozen=True, slots=True)
class Change:
    """From one password to another, asked for from this network."""

    old: str
    new: str
    address: str


async def change(tx: Transaction, hasher: Hasher, judge: Judge, actor: Actor, wish: Change) -> None:
    """Set a new password of one's own, knowing the old one; every other session ends."""
    account = await accounts.by_id(tx, actor.account_id)
    assert account is not None, "the actor's account outlives the request"
    if account["email"] is None:
        detail = "This account has no password: it is an identity provider that lets you in."
        raise Invalid(detail, errors=[FieldError(detail, "no_password", "#/current_password")])
    judge(wish.new, account["email"], "#/new_password")
    shown = Credentials(account["email"], wish.old, wish.address)
    hashed = await _proven_hash(tx, hasher, shown, wish.new)
    await set_hash(tx, account["id"], hashed)
    await end_sessions(tx, account["id"], SessionEnd.CREDENTIALS_CHANGED, but=actor.session_id)
    await _void_resets(tx, account["id"])


async def _proven_hash(tx: Transaction, hasher: Hasher, shown: Credentials, new: str) -> str:
    """The hash of the new password; the account is held, with the old password as it was shown."""
    account = await named(tx, shown)
    await tx.pause()
    hashed = await hasher.hash(new)
    try:
        await prove(tx, hasher, shown, account)
    except SignInRefused:
        detail = "This is not your present password."
        fault = FieldError(detail, "wrong_password", pointer="#/current_password")
        raise Invalid(errors=[fault], keeps_work=True) from None
    return hashed


async def ask(tx: Transaction, email: str, address: str) -> None:
    """Count the wish for a new password; whether there is such an account makes no difference."""
    limits = (RESETS_PER_ACCOUNT, normalize(email)), (RESETS_PER_ADDRESS, address)
    await reserve(tx, *limits)


async def begin_reset(tx: Transaction, email: str, digest: bytes) -> Row | None:
    """Let the secret of this digest set a new password for an hour; None without an account."""
    account = await accounts.by_email(tx, email)
    if account is None:
        return None
    at = now()
    session = await tx.session()
    await session.execute(
        delete(PasswordReset).where(
            PasswordReset.account_id == account["id"], PasswordReset.expires_at < at
        )
    )
    reset = PasswordReset(
        account_id=account["id"], secret_hash=digest, expires_at=at + RESET_LIFETIME, created_at=at
    )
    await tx.add(reset)
    return account


async def reset(
    tx: Transaction, hasher: Hasher, judge: Judge, digests: Sequence[bytes], password: str
) -> None:
    """Set the password that a secret entitles to; it works once, and every session ends."""
    found = await resets.usable(tx, digests, now())
    if found is None:
        raise refused()
    judge(password, found["email"], "#/password")
    await tx.pause()
    hashed = await hasher.hash(password)
    await accounts.held(tx, found["account_id"])
    if await resets.usable(tx, digests, now()) is None:  # somebody was faster with the same secret
        raise refused()
    await replace(tx, found["account_id"], hashed)


async def replace(tx: Transaction, account_id: UUID, hashed: str) -> None:
    """Give an account a new password, whatever the old one was, and sign it out everywhere."""
    await accounts.held(tx, account_id)
    await set_hash(tx, account_id, hashed)
    await end_sessions(tx, account_id, SessionEnd.CREDENTIALS_RESET)
    await _void_resets(tx, account_id)


async def replace_of(tx: Transaction, email: str, hashed: str) -> bool:
    """The same for the account with this address; False when there is none."""
    account = await accounts.by_email(tx, email)
    if account is None:
        return False
    await replace(tx, account["id"], hashed)
    return True


def refused() -> Invalid:
    """What is said of a secret that resets nothing, whatever the reason."""
    detail = "This code is not good any more, or never was: ask for a new one."
    fault = FieldError(detail, "reset_refused", pointer="#/secret")
    return Invalid(detail, code="reset_refused", errors=[fault])


async def _void_resets(tx: Transaction, account_id: UUID) -> None:
    session = await tx.session()
    await session.execute(
        update(PasswordReset)
        .where(PasswordReset.account_id == account_id, PasswordReset.used_at.is_(None))
        .values(used_at=now())
    )
