"""What an OpenID provider says of itself: its addresses, and what it can do."""

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from api.auth.kept import Unavailable
from api.outbound import Refused
from api.outbound.addresses import readable

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
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


def check_endpoints(metadata: Metadata) -> None:
    """Unavailable unless a browser and we may be sent there: https, as far as the issuer is."""
    for name in ENDPOINTS:
        _check_endpoint(metadata.issuer, name, getattr(metadata, name))


def _check_endpoint(issuer: str, name: str, address: str | None) -> None:
    if address is None:
        return
    try:
        scheme = readable(address).scheme
    except Refused as fault:
        raise Unavailable(f"Its {name} is of no use: {fault}") from None
    if scheme != "https" and issuer.startswith("https:"):
        raise Unavailable(f"Its {name} is no https address.")
