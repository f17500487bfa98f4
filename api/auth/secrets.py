"""Opaque secrets: `ts_<kind>_<organization>_<secret>_<checksum>`.

Invitations, password resets; refresh tokens (refresh.py) have a longer secret. The organization is
32 hexadecimal digits, 32 zeros for what belongs to an account and no organization; it leads, so
that the tenant is known before anything is looked up. The checksum lets scanners of leaked secrets
be certain and turns away typing errors without asking the database. Only an HMAC is stored.
"""

import hmac
import re
import secrets
import zlib
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from api.auth.keys import derive

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SECRET_BYTES = 32
_SECRET_DIGITS = 43  # of base 62 hold 256 bits
_CHECK_DIGITS = 6  # of base 62 hold 32 bits
_NOBODY = UUID(int=0)
_FORM = re.compile(r"(ts_([a-z]{2,16})_([0-9a-f]{32})_[0-9A-Za-z]{43})_([0-9A-Za-z]{6})")


class Minted(NamedTuple):
    """A new secret: `text` is told once and never kept, `digest` is what is stored."""

    text: str
    digest: bytes


class Opened(NamedTuple):
    """A secret that somebody sent: where to look, and the digests it may be stored under."""

    organization_id: UUID | None
    digests: tuple[bytes, ...]

    def fits(self, stored: bytes) -> bool:
        """Whether it is the secret stored as `stored`, in the same time whatever the answer."""
        fitting = [hmac.compare_digest(stored, digest) for digest in self.digests]
        return any(fitting)


class Secrets:
    """Mints with the first of the installation's secrets, opens with all of them."""

    def __init__(self, installation_secrets: Sequence[str]) -> None:
        self._keys = [derive(secret, "opaque secret") for secret in installation_secrets]

    def mint(self, kind: str, organization_id: UUID | None = None) -> Minted:
        """A new secret of `kind`, 256 random bits, of an organization or of an account."""
        number = int.from_bytes(secrets.token_bytes(_SECRET_BYTES))
        head = f"ts_{kind}_{(organization_id or _NOBODY).hex}_{base62(number, _SECRET_DIGITS)}"
        text = f"{head}_{checksum(head)}"
        if not _FORM.fullmatch(text):
            raise ValueError(f"{kind!r} is not a kind of secret: 2 to 16 small letters")
        return Minted(text, self._digest(self._keys[0], text))

    def open(self, kind: str, text: str) -> Opened | None:
        """What `text` may open; None when it is no secret of this kind or was mistyped."""
        form = _FORM.fullmatch(text)
        if form is None or form[2] != kind or form[4] != checksum(form[1]):
            return None
        organization_id = UUID(hex=form[3])
        digests = tuple(self._digest(key, text) for key in self._keys)
        return Opened(None if organization_id == _NOBODY else organization_id, digests)

    @staticmethod
    def _digest(key: bytes, text: str) -> bytes:
        return hmac.digest(key, text.encode(), "sha256")


def checksum(head: str) -> str:
    return base62(zlib.crc32(head.encode()), _CHECK_DIGITS)


def base62(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, digit = divmod(number, 62)
        digits.append(DIGITS[digit])
    return "".join(reversed(digits))
