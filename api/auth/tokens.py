"""Session tokens: issued here, verified here, the only file that knows about JWT.

Whatever is wrong with a token, the answer is one and the same Unauthenticated.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

import jwt
import msgspec

from api.auth.keys import derive
from domain import clock
from domain.errors import Unauthenticated
from domain.ids import new_id
from domain.roles import Scope

ALGORITHM = "HS256"
TYPE = "at+jwt"
AUDIENCE = "touchstone-api"
LIFETIME = timedelta(minutes=15)
MAX_LENGTH = 4096
MOST_KNOWN = 4096  # tokens whose signature need not be checked again
LEEWAY = 5  # seconds that the clocks of two of our own machines may differ


@dataclass(frozen=True, slots=True)
class Principal:
    """Who a token speaks for, before the database was asked whether it still may.

    `scopes` is what an access token is for; None for a session.
    """

    account_id: UUID
    organization_id: UUID
    member_id: UUID
    session_id: UUID
    scopes: frozenset[Scope] | None = None


class Claims(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything a session token says, in the order in which it says it; no group, no right."""

    iss: str
    aud: str
    sub: UUID
    org: UUID
    mem: UUID
    sid: UUID
    iat: int
    nbf: int
    exp: int
    jti: UUID


class _Key(NamedTuple):
    kid: str
    secret: bytes


class Tokens:
    """Issues with the first of `secrets` and accepts all of them: put a new one in front."""

    def __init__(
        self, secrets: Sequence[str], *, issuer: str, lifetime: timedelta = LIFETIME
    ) -> None:
        if not timedelta() < lifetime <= LIFETIME:
            raise ValueError(f"a session token lives at most {LIFETIME}")
        self._keys = [_key(secret) for secret in secrets]
        # The header of a good token is known to the byte, so anything else is not even parsed:
        # no other algorithm, type or kid, no crit, b64, zip, jku, jwk, x5u, nothing twice.
        self._by_header = {_header(key): key for key in self._keys}
        self._issuer = issuer
        self._lifetime = lifetime
        # What a good token says never changes; whether its time has come is asked every time.
        self._opened = lru_cache(MOST_KNOWN)(self._open)

    def issue(self, principal: Principal) -> str:
        """A token that speaks for `principal` from now on until its lifetime is over."""
        at = int(clock.now().timestamp())
        claims = Claims(
            iss=self._issuer,
            aud=AUDIENCE,
            sub=principal.account_id,
            org=principal.organization_id,
            mem=principal.member_id,
            sid=principal.session_id,
            iat=at,
            nbf=at,
            exp=at + int(self._lifetime.total_seconds()),
            jti=new_id(),
        )
        key = self._keys[0]
        headers = {"typ": TYPE, "kid": key.kid}
        return jwt.encode(msgspec.to_builtins(claims), key.secret, ALGORITHM, headers=headers)

    def verify(self, token: str) -> Principal:
        """Who `token` speaks for; Unauthenticated when it is not a good one of ours."""
        claims = self._opened(token)
        now = clock.now().timestamp()
        lifetime = claims.exp - claims.iat
        timely = max(claims.iat, claims.nbf) <= now + LEEWAY and now < claims.exp
        if not timely or not 0 < lifetime <= LIFETIME.total_seconds():
            raise Unauthenticated
        return Principal(claims.sub, claims.org, claims.mem, claims.sid)

    def _open(self, token: str) -> Claims:
        payload = _payload(token)
        key = self._by_header.get(token.partition(".")[0])
        if payload is None or key is None:
            raise Unauthenticated
        try:
            _check_signature(token, key, self._issuer)
            claims = msgspec.json.decode(payload, type=Claims)
        except (jwt.InvalidTokenError, msgspec.MsgspecError, UnicodeDecodeError):
            raise Unauthenticated from None
        # We would have written these very bytes: nothing stands there twice, no number is a
        # float, no identifier has another spelling.
        if msgspec.json.encode(claims) != payload:
            raise Unauthenticated
        return claims


def _key(secret: str) -> _Key:
    key = derive(secret, "session token")
    return _Key(sha256(b"touchstone kid" + key).hexdigest()[:16], key)


def _header(key: _Key) -> str:
    headers = {"typ": TYPE, "kid": key.kid}
    return jwt.encode({}, key.secret, ALGORITHM, headers=headers).partition(".")[0]


def _payload(token: str) -> bytes | None:
    """The bytes of the claims, when the token has the outer form that ours have."""
    parts = token.split(".") if len(token) <= MAX_LENGTH else []
    if len(parts) != 3:
        return None
    decoded = [_canonical(part) for part in parts]
    return decoded[1] if all(decoded) else None


def _canonical(part: str) -> bytes | None:
    """The decoded part; None when another spelling of the same bytes exists and this is it."""
    try:
        raw = urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        return None
    return raw if urlsafe_b64encode(raw).rstrip(b"=") == part.encode() else None


def _check_signature(token: str, key: _Key, issuer: str) -> None:
    options: Any = {
        "require": list(Claims.__struct_fields__),
        "strict_aud": True,
        # Times are judged by our own clock.
        "verify_exp": False,
        "verify_iat": False,
        "verify_nbf": False,
    }
    jwt.decode(token, key.secret, [ALGORITHM], issuer=issuer, audience=AUDIENCE, options=options)
