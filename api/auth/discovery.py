"""The issuers that this process has asked: what they say of themselves, and their keys."""

from collections import OrderedDict
from typing import Any

import msgspec
from msgspec import Struct

from api.auth.fetching import fetched
from api.auth.jwks import Jwk
from api.auth.kept import Kept, Unavailable
from api.auth.metadata import Metadata, check_endpoints
from api.outbound import Outbound

MOST_ISSUERS = 512
MOST_KEYS = 100
WELL_KNOWN = "/.well-known/openid-configuration"


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
        check_endpoints(found)
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


def _public(one: dict[str, Any]) -> Jwk | None:
    try:
        return msgspec.convert(one, Jwk)
    except msgspec.ValidationError:
        return None
