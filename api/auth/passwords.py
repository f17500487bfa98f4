"""Passwords: Argon2id in a few threads of its own, the only file that knows argon2."""

import unicodedata

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher, Type
from argon2.exceptions import Argon2Error, InvalidHashError

from api.auth.common_passwords import COMMON
from domain.errors import FieldError, Invalid

MEMORY_KIB = 19_456
ROUNDS = 2
LANES = 1
AT_ONCE = 2
MIN_LENGTH = 8
MAX_BYTES = 1024

_EMAIL_PART = 6  # a shorter name before the @ may well occur inside a good password


class Passwords:
    """Hashes and checks, never more than `at_once` together: each takes `memory_kib` of memory."""

    def __init__(
        self,
        *,
        memory_kib: int = MEMORY_KIB,
        rounds: int = ROUNDS,
        lanes: int = LANES,
        at_once: int = AT_ONCE,
    ) -> None:
        self._hasher = PasswordHasher(
            time_cost=rounds, memory_cost=memory_kib, parallelism=lanes, type=Type.ID
        )
        self._at_once = at_once
        self._limiter: CapacityLimiter | None = None
        self.checked = 0
        """How many passwords were checked so far."""
        # Checked for accounts that do not exist, so that they take as long as those that do: salt
        # and hash are nothing but zeros, and no password is known to hash to that.
        self._dummy = f"$argon2id$v=19$m={memory_kib},t={rounds},p={lanes}${'A' * 22}${'A' * 43}"

    async def hash(self, password: str) -> str:
        """The hash to store, a PHC string that names its parameters."""
        return await to_thread.run_sync(
            self._hasher.hash, _bytes(password), limiter=self._threads()
        )

    async def check(self, password: str, stored: str | None) -> bool:
        """Whether `stored` is the hash of `password`; as slow for None, an unknown account."""
        self.checked += 1
        matches = await to_thread.run_sync(
            self._matches, _bytes(password), stored or self._dummy, limiter=self._threads()
        )
        return matches and stored is not None

    def needs_rehash(self, stored: str) -> bool:
        """Whether `stored` was made with other parameters than today's."""
        try:
            return self._hasher.check_needs_rehash(stored)
        except InvalidHashError:
            return True

    def _matches(self, password: bytes, stored: str) -> bool:
        try:
            self._hasher.verify(stored, password)
        except (Argon2Error, InvalidHashError):
            return False
        return len(password) <= MAX_BYTES

    def _threads(self) -> CapacityLimiter:
        if self._limiter is None:  # it belongs to the event loop that is running by now
            self._limiter = CapacityLimiter(self._at_once)
        return self._limiter


def require_good(password: str, email: str, pointer: str = "#/password") -> None:
    """Refuse a password that is too short, too long, everybody's, or the e-mail address."""
    if fault := _fault(password, email):
        code, detail = fault
        raise Invalid(errors=[FieldError(detail, code, pointer=pointer)])


def _fault(password: str, email: str) -> tuple[str, str] | None:
    plain = unicodedata.normalize("NFC", password)
    if len(plain) < MIN_LENGTH:
        return "password_too_short", f"Use at least {MIN_LENGTH} characters."
    if len(_bytes(password)) > MAX_BYTES:
        return "password_too_long", f"Use at most {MAX_BYTES} bytes."
    folded = plain.casefold()
    if folded in COMMON or len(set(folded)) < 3:
        return "password_too_common", "Many people use this one: take a few words of your own."
    if _is_email(folded, email.casefold()):
        return "password_is_email", "Do not use the e-mail address as the password."
    return None


def _is_email(folded: str, email: str) -> bool:
    name = email.partition("@")[0]
    alone = folded.rstrip("0123456789!.")
    return folded == email or (len(name) >= _EMAIL_PART and alone == name.rstrip("0123456789!."))


def _bytes(password: str) -> bytes:
    """The same bytes however the keyboard composed the letters; never cut off."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
