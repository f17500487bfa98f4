"""ID tokens of identity providers: verified here, with their keys and none of ours.

OpenID Connect Core 1.0, section 3.1.3.7. The file that knows about JWT of others, as tokens.py
knows about our own: they share no function and no key.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

import jwt
import msgspec
from jwt.api_jws import PyJWS
from msgspec import Meta, Struct

from api.auth.jwks import ALGORITHMS, Fits, Header, Jwk
from domain import clock

LEEWAY = 60  # seconds that the clocks of others may differ from ours
OLDEST = 600  # seconds: it was made while somebody was underway
LONGEST = 32_768
MODULUS = range(2048, 8193)  # bits
MOST_EXPONENT_DIGITS = 8  # of base64, so that no key makes the check slow


_JWS = PyJWS(algorithms=list(ALGORITHMS))


class Forged(Exception):
    """The token is not in order; the message says why, for the log of the operator."""


class Expected(NamedTuple):
    """Who must have made a token, for whom, and for which way there and back."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str | None


class Claims(Struct, frozen=True):
    """What every ID token must say, and what it may say of itself."""

    iss: str
    sub: Annotated[str, Meta(min_length=1, max_length=255)]
    aud: str | list[str]
    exp: int | float
    iat: int | float
    nonce: str
    azp: str | None = None
    at_hash: str | None = None


def header_of(token: str, allowed: Sequence[str]) -> Header:
    """What a token says of its signature; Forged when that cannot be one of the provider's."""
    if len(token) > LONGEST:
        raise Forged("it is longer than any ID token")
    try:
        header = _JWS.get_unverified_header(token)
    except (jwt.InvalidTokenError, ValueError, RecursionError) as fault:
        raise Forged(f"it is no signed token: {fault}") from None
    alg, kid = header.get("alg"), header.get("kid")
    if not isinstance(alg, str) or alg not in ALGORITHMS or (allowed and alg not in allowed):
        raise Forged(f"it is signed with {str(alg)[:20]!r}")
    if "crit" in header or "b64" in header or header.get("typ", "JWT") not in ("JWT", "jwt"):
        raise Forged("it is another kind of token")
    return Header(alg, kid if isinstance(kid, str) else None)


def verify(token: str, key: Jwk, expected: Expected) -> dict[str, Any]:
    """Everything that a token says; Forged unless it was made for exactly this."""
    alg = header_of(token, ()).alg
    try:
        payload = _JWS.decode(token, _public_key(key, alg), algorithms=[alg])
        told = msgspec.json.decode(payload, type=dict[str, Any])
        claims = msgspec.convert(told, Claims)
    except (jwt.PyJWTError, msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise Forged(f"its signature or its form is not good: {fault}") from None
    _check_parties(claims, expected)
    _check_times(claims)
    if claims.at_hash is not None and expected.access_token is not None:
        _check_hash(claims.at_hash, expected.access_token, ALGORITHMS[alg])
    return told


def _public_key(key: Jwk, alg: str) -> jwt.PyJWK:
    names = ("n", "e") if key.kty == "RSA" else ("crv", "x", "y")
    parts = {name: part for name in names if (part := getattr(key, name)) is not None}
    if key.kty == "RSA" and len(key.e or "") > MOST_EXPONENT_DIGITS:
        raise Forged("the exponent of its key is out of all reason")
    if len(key.n or "") > MODULUS.stop // 6 + 1:
        raise Forged("its key is too long")
    public = jwt.PyJWK({"kty": key.kty, **parts}, algorithm=alg)
    if key.kty == "RSA" and public.key.key_size not in MODULUS:
        raise Forged("its key is too short")
    return public


def _check_parties(claims: Claims, expected: Expected) -> None:
    audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    if claims.iss != expected.issuer:
        raise Forged("another issuer made it")
    if expected.client_id not in audience:
        raise Forged("it is for another client")
    if claims.azp != expected.client_id and (claims.azp is not None or len(audience) > 1):
        raise Forged("another party was authorized")
    if not hmac.compare_digest(claims.nonce.encode(), expected.nonce.encode()):
        raise Forged("it is from another time: the nonce is not this one")


def _check_times(claims: Claims) -> None:
    now = clock.now().timestamp()
    if not now - LEEWAY < claims.exp:
        raise Forged("it has expired")
    if not now - OLDEST - LEEWAY < claims.iat < now + LEEWAY:
        raise Forged("it was not made just now: compare the clocks")


def _check_hash(told: str, access_token: str, fits: Fits) -> None:
    digest = fits.hash(access_token.encode()).digest()
    half = urlsafe_b64encode(digest[: len(digest) // 2]).decode().rstrip("=")
    if not hmac.compare_digest(told.encode(), half.encode()):
        raise Forged("its access token is another one")
