"""Keys of identity providers: which of them a token says it was signed with."""

from collections.abc import Sequence
from hashlib import sha256, sha384, sha512
from typing import Any, NamedTuple

from msgspec import Struct


class Jwk(Struct, frozen=True):
    """A public key (RFC 7517); whatever else stands beside it, private parts too, is not read."""

    kty: str
    kid: str | None = None
    use: str | None = None
    alg: str | None = None
    crv: str | None = None
    n: str | None = None
    e: str | None = None
    x: str | None = None
    y: str | None = None


class Fits(NamedTuple):
    kty: str
    crv: str | None
    hash: Any


ALGORITHMS = {
    "RS256": Fits("RSA", None, sha256),
    "RS384": Fits("RSA", None, sha384),
    "RS512": Fits("RSA", None, sha512),
    "PS256": Fits("RSA", None, sha256),
    "PS384": Fits("RSA", None, sha384),
    "PS512": Fits("RSA", None, sha512),
    "ES256": Fits("EC", "P-256", sha256),
    "ES384": Fits("EC", "P-384", sha384),
    "ES512": Fits("EC", "P-521", sha512),
    "EdDSA": Fits("OKP", "Ed25519", sha512),
}
"""Asymmetric ones only: what a client can make itself proves nothing."""


class KeyMissing(Exception):
    """No key of the provider fits, of those that are known."""


class Header(NamedTuple):
    """Which key a token says it was signed with, and how."""

    alg: str
    kid: str | None


def key_for(header: Header, keys: Sequence[Jwk]) -> Jwk:
    """The key that a token says it was signed with; the only one that fits, if it says nothing."""
    able = [key for key in keys if usable(key, header.alg)]
    named = [key for key in able if header.kid is None or key.kid == header.kid]
    if not named or (header.kid is None and len(named) > 1):
        raise KeyMissing
    return named[0]


def usable(key: Jwk, alg: str) -> bool:
    """Whether a key is made for one of the algorithms."""
    fits = ALGORITHMS[alg]
    kind = (key.kty, key.crv) == (fits.kty, fits.crv)
    return kind and key.use in (None, "sig") and key.alg in (None, alg)
