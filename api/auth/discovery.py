"""What an OpenID provider says of itself: its addresses, what it can do, its keys."""

import logging
from collections import OrderedDict
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from api.auth.jwks import Jwk
from api.auth.kept import Kept, Unavailable
from api.outbound import Outbound, Refused, Unreachable
from api.outbound.addresses import readable

log = logging.getLogger("touchstone.providers")

SECONDS = 5.0
LIMIT = 262_144
MOST_ISSUERS = 512
MOST_KEYS = 100
WELL_KNOWN = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")

S = TypeVar("S")
Word = Annotated[str, Meta(max_length=2048)]


class Metadata(Struct, frozen=True):
    """OpenID Connect Discovery 1.0, section 3, as far as it is used here; RFC 9207 for `iss`."""

    issuer: Word
    authorization_endpoint: Word
    token_endpoint: Word
    jwks_uri: Word
    userinfo_endpoint: Word | None = None
    id_token_signing_alg_values_supported: list[str] = msgspec.field(default_factory=list)
    token_endpoint_auth_methods_supported: list[str] = msgspec.field(
        default_factory=lambda: ["client_secret_basic"]
    )
    code_challenge_methods_supported: list[str] = msgspec.field(default_factory=list)
    authorization_response_iss_parameter_supported: bool = False


class _KeySet(Struct):
    keys: list[dict[str, Any]]


class Issuer:
    """One issuer as this process knows it."""

    def __init__(self, outbound: Outbound, issuer: str) -> None:
        self._outbound, self.issuer = outbound, issuer
        self.metadata: Kept[Metadata] = Kept(self._metadata)
        self.keys: Kept[list[Jwk]] = Kept(self._keys)

    async def _metadata(self) -> Metadata:
        address = self.issuer.rstrip("/") + WELL_KNOWN
        found = await fetched(self._outbound, address, Metadata)
        if found.issuer != self.issuer:
            raise Unavailable(
                f"It calls itself {found.issuer[:200]!r}, and its issuer is to be {self.issuer!r}."
            )
        for name in ENDPOINTS:
            _check_endpoint(self.issuer, name, getattr(found, name))
        return found

    async def _keys(self) -> list[Jwk]:
        metadata = await self.metadata.get()
        found = (await fetched(self._outbound, metadata.jwks_uri, _KeySet)).keys
        keys = [key for one in found[:MOST_KEYS] if (key := _public(one)) is not None]
        if not keys:
            raise Unavailable("Its key set holds no key that can be used.")
        return keys


class Issuers:
    """Every issuer that was asked lately; the one that nobody asked for longest is forgotten."""

    def __init__(self, outbound: Outbound) -> None:
        self.outbound = outbound
        self._known: OrderedDict[str, Issuer] = OrderedDict()

    def of(self, issuer: str) -> Issuer:
        """What this process knows of an issuer."""
        found = self._known.setdefault(issuer, Issuer(self.outbound, issuer))
        self._known.move_to_end(issuer)
        if len(self._known) > MOST_ISSUERS:
            self._known.popitem(last=False)
        return found


def _check_endpoint(issuer: str, name: str, address: str | None) -> None:
    """Unavailable unless a browser and we may be sent there: https, as far as the issuer is."""
    if address is None:
        return
    try:
        scheme = readable(address).scheme
    except Refused as fault:
        raise Unavailable(f"Its {name} is of no use: {fault}") from None
    if scheme != "https" and issuer.startswith("https:"):
        raise Unavailable(f"Its {name} is no https address.")


def _public(one: dict[str, Any]) -> Jwk | None:
    try:
        return msgspec.convert(one, Jwk)
    except msgspec.ValidationError:
        return None


async def fetched(outbound: Outbound, address: str, kind: type[S], **headers: str) -> S:
    """The JSON at an address; Unavailable when it is not there, too large, or something else."""
    given = {"Accept": "application/json", **headers}
    try:
        answer = await outbound.send("GET", address, headers=given, seconds=SECONDS, limit=LIMIT)
    except (Refused, Unreachable) as fault:
        raise Unavailable(f"{address}: {fault}") from None
    if answer.status != 200:
        raise Unavailable(f"{address} answered {answer.status}.")
    if not answer.complete:
        raise Unavailable(f"{address} answered with more than {LIMIT} bytes.")
    return decoded(answer.body, kind, address)


def decoded(body: bytes, kind: type[S], address: str) -> S:
    """What an answer says; Unavailable when it says something else."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        raise Unavailable(f"{address} answered something else: {fault}") from None
