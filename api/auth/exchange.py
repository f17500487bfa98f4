"""What the code is worth that somebody brings back from an identity provider."""

from base64 import b64encode
from typing import Any, NamedTuple
from urllib.parse import quote_plus, urlencode

import msgspec

from api.auth.fetching import SECONDS, decoded
from api.auth.kept import Unavailable
from api.auth.metadata import Metadata
from api.outbound import Answer, Outbound, Refused, Unreachable

ANSWER_LIMIT = 131_072
RETRIED = (408, 425, 429)


class BadCode(Exception):
    """The provider gives nothing for the code; the message says what it answered."""


class Client(NamedTuple):
    """As whom we are known to a provider."""

    client_id: str
    secret: str | None


class Tokens(msgspec.Struct, frozen=True):
    """RFC 6749, section 5.1, and OpenID Connect Core 1.0, section 3.1.3.3."""

    id_token: str
    access_token: str | None = None


class Redemption(NamedTuple):
    """A code, and what proves that it was meant for us."""

    code: str
    redirect_uri: str
    verifier: str


async def redeem(
    outbound: Outbound, metadata: Metadata, client: Client, given: Redemption
) -> Tokens:
    """The tokens for a code. BadCode when it is worth none, Unavailable when nobody says."""
    form = {
        "grant_type": "authorization_code",
        "code": given.code,
        "redirect_uri": given.redirect_uri,
        "code_verifier": given.verifier,
    }
    headers, proof = _proof(metadata, client)
    headers |= {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    address, body = metadata.token_endpoint, urlencode(form | proof).encode()
    try:
        answer = await outbound.send(
            "POST", address, headers=headers, body=body, seconds=SECONDS, limit=ANSWER_LIMIT
        )
    except (Refused, Unreachable) as fault:
        raise Unavailable(f"{address}: {fault}") from None
    return _tokens(answer, address)


def _tokens(answer: Answer, address: str) -> Tokens:
    if answer.status >= 500 or answer.status in RETRIED:
        raise Unavailable(f"{address} answered {answer.status}.")
    if answer.status != 200 or not answer.complete:
        raise BadCode(f"{address} answered {answer.status}: {_error(answer.body)}")
    try:
        return decoded(answer.body, Tokens, address)
    except Unavailable as fault:
        raise BadCode(str(fault)) from None


def _error(body: bytes) -> str:
    """The error code of RFC 6749, section 5.2, if it is one; nothing else is worth a log line."""
    try:
        told = msgspec.json.decode(body[:4096], type=dict[str, Any]).get("error")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return "no reason"
    plain = isinstance(told, str) and told.isascii() and told.isprintable()
    return str(told)[:60] if plain else "no reason"


def _proof(metadata: Metadata, client: Client) -> tuple[dict[str, str], dict[str, str]]:
    """How a client shows who it is: a header, or fields of the form."""
    methods = metadata.token_endpoint_auth_methods_supported
    if client.secret is None:
        return {}, {"client_id": client.client_id}
    if "client_secret_basic" in methods or "client_secret_post" not in methods:
        pair = f"{quote_plus(client.client_id)}:{quote_plus(client.secret)}"
        return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}, {}
    return {}, {"client_id": client.client_id, "client_secret": client.secret}
