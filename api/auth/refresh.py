"""Refresh tokens: `ts_refresh_<organization>_<secret>_<checksum>`, made anew from what is stored.

The secret names a session and a generation and proves both with an HMAC over the session's random
seed, under a key of the installation. So the same successor can be given twice, and whoever reads
the database can make none.
"""

import hmac
import re
from collections.abc import Sequence
from uuid import UUID

from api.auth.keys import derive
from api.auth.secrets import DIGITS, base62, checksum
from domain.services.identity.sessions import Presented

_WIDTH = 70  # digits of base 62 hold the 52 bytes: session, generation, HMAC
_BYTES = 16 + 4 + 32
_FORM = re.compile(rf"(ts_refresh_([0-9a-f]{{32}})_([0-9A-Za-z]{{{_WIDTH}}}))_([0-9A-Za-z]{{6}})")


class RefreshTokens:
    """Makes with the first of the installation's secrets, recognizes with all of them."""

    def __init__(self, installation_secrets: Sequence[str]) -> None:
        self._keys = [derive(secret, "refresh token") for secret in installation_secrets]

    def make(self, organization_id: UUID, session_id: UUID, generation: int, seed: bytes) -> str:
        """The token of one generation of a session; always the same."""
        named = organization_id.bytes + session_id.bytes + generation.to_bytes(4)
        proof = _proof(self._keys[0], named, seed)
        number = int.from_bytes(named[16:] + proof)
        head = f"ts_refresh_{organization_id.hex}_{base62(number, _WIDTH)}"
        return f"{head}_{checksum(head)}"

    def open(self, text: str) -> Presented | None:
        """What a token claims, and the means to tell; None for what is no refresh token."""
        form = _FORM.fullmatch(text)
        if form is None or form[4] != checksum(form[1]):
            return None
        number = _number(form[3])
        if number.bit_length() > 8 * _BYTES:
            return None
        raw = number.to_bytes(_BYTES)
        named, proof = UUID(hex=form[2]).bytes + raw[:20], raw[20:]

        def fits(seed: bytes) -> bool:
            fitting = [hmac.compare_digest(proof, _proof(key, named, seed)) for key in self._keys]
            return any(fitting)

        return Presented(UUID(bytes=raw[:16]), int.from_bytes(raw[16:20]), fits)


def _proof(key: bytes, named: bytes, seed: bytes) -> bytes:
    return hmac.digest(key, named + seed, "sha256")


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * 62 + DIGITS.index(digit)
    return number
