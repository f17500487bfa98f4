"""Proving who one is with a password: counted first, checked without holding a connection."""

from dataclasses import dataclass
from typing import Protocol

from domain.database import Row, Transaction
from domain.errors import Unauthenticated
from domain.queries.identity import accounts
from domain.rules.emails import normalize
from domain.services.steps.hashes import set_hash
from domain.services.steps.throttling import PER_ACCOUNT, PER_ADDRESS, reserve


class Hasher(Protocol):
    """What hashes passwords; it lives outside, and off the event loop."""

    async def hash(self, password: str) -> str: ...
    async def check(self, password: str, stored: str | None) -> bool: ...
    def needs_rehash(self, stored: str) -> bool: ...


class SignInRefused(Unauthenticated):
    """Unknown, wrong, suspended: nobody is told which. That it was tried is remembered."""

    code = "sign_in_refused"
    detail = (
        "The e-mail address and the password do not open an account here: check both,"
        " or ask for a new password."
    )
    keeps_work = True


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody shows who wants to be let in, and from which network."""

    email: str
    password: str
    address: str


async def named(tx: Transaction, shown: Credentials) -> Row | None:
    """Count the try, then find the account, if there is one."""
    await reserve(tx, (PER_ACCOUNT, normalize(shown.email)), (PER_ADDRESS, shown.address))
    return await accounts.by_email(tx, shown.email)


async def prove(tx: Transaction, hasher: Hasher, shown: Credentials, account: Row | None) -> Row:
    """The account, if the password is its own; SignInRefused, as late for None as for any other.

    From here to the end of the transaction the password stays the one that was checked.
    """
    stored = account["password_hash"] if account else None
    await tx.pause()
    good = await hasher.check(shown.password, stored)
    if not good or account is None or stored is None:
        raise SignInRefused
    fresh = await hasher.hash(shown.password) if hasher.needs_rehash(stored) else None
    held = await accounts.held(tx, account["id"])
    if held is None or held["password_hash"] != stored:  # another sign-in renewed it, or a change
        return await prove(tx, hasher, shown, held)
    if fresh is not None:
        await set_hash(tx, account["id"], fresh)
    return held
