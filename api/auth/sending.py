"""Where to send somebody for whom an identity provider is to vouch: the code flow with PKCE."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from secrets import token_urlsafe
from typing import NamedTuple
from urllib.parse import urlencode

from api.auth.metadata import Metadata


class Sent(NamedTuple):
    """What somebody is sent away with, and must come back with."""

    state: str
    nonce: str
    verifier: str


def sent() -> Sent:
    """Fresh ones, 256 random bits each."""
    return Sent(token_urlsafe(32), token_urlsafe(32), token_urlsafe(32))


def authorization_url(
    metadata: Metadata, client_id: str, redirect_uri: str, scopes: list[str], with_: Sent
) -> str:
    """Where the browser is to go: authorization code, PKCE with S256, state and nonce."""
    challenge = urlsafe_b64encode(sha256(with_.verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(scopes),
        "state": with_.state,
        "nonce": with_.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = metadata.authorization_endpoint
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"
