"""From what a browser brings back to what its provider says of a person; no database here."""

import logging
from typing import Any, NamedTuple

from api.auth import id_tokens
from api.auth.claims import email_in, name_in, plain, values_in
from api.auth.discovery import Issuer, Issuers
from api.auth.exchange import BadCode, Client, Redemption, Tokens, redeem
from api.auth.id_tokens import Expected, Forged
from api.auth.jwks import Header, Jwk, KeyMissing, key_for
from api.auth.kept import Unavailable
from api.auth.metadata import Metadata
from api.auth.userinfo import told_of
from api.problems import request_id
from domain.database import Row
from domain.rules.vouching import Vouched
from domain.services.steps.turning_away import ProviderUnavailable, SignInByProviderRefused

log = logging.getLogger("touchstone.providers")


class Answered(NamedTuple):
    """What the browser brought back from the provider: a code, and maybe who gave it."""

    code: str
    issuer: str | None


class Asked(NamedTuple):
    """A provider that is asked, as it is set up, with its secret and the flow's verifier open."""

    provider: Row
    client: Client
    nonce: str
    redirect_uri: str
    verifier: str


async def vouched_for(issuers: Issuers, asked: Asked, answered: Answered) -> Vouched:
    """Whom the provider means. All that is not in order is refused alike; the log says why."""
    provider = asked.provider
    try:
        return await _vouched(issuers, asked, answered)
    except (BadCode, Forged, KeyMissing) as fault:
        _note(provider, "refused", fault)
        raise SignInByProviderRefused from None
    except Unavailable as fault:
        _note(provider, "unavailable", fault)
        raise ProviderUnavailable from None


def _note(provider: Row, what: str, fault: Exception) -> None:
    why = str(fault) or "it is signed with a key that the provider does not publish"
    line = " ".join(why.split())[:500]  # what others say stays one line
    told = (request_id.get(), what, provider["id"], provider["organization_id"], line)
    log.warning("request %s %s: provider %s of organization %s: %s", *told)


async def _vouched(issuers: Issuers, asked: Asked, answered: Answered) -> Vouched:
    provider = asked.provider
    issuer = issuers.of(provider["issuer"])
    metadata = await issuer.metadata.get()
    _check_answer(metadata, answered)
    given = Redemption(answered.code, asked.redirect_uri, asked.verifier)
    tokens = await redeem(issuers.outbound, metadata, asked.client, given)
    claims = await verified(issuer, metadata, tokens, asked)
    more = provider["group_claim"], provider["department_claim"]
    told = await told_of(issuers.outbound, metadata, tokens, claims, *more)
    return Vouched(
        issuer=provider["issuer"],
        subject=plain(claims["sub"]),
        name=name_in(told),
        email=email_in(told),
        groups=values_in(told, provider["group_claim"]),
        departments=values_in(told, provider["department_claim"]),
    )


def _check_answer(metadata: Metadata, answered: Answered) -> None:
    """RFC 9207: a code that another provider gave goes to no one."""
    needed = metadata.authorization_response_iss_parameter_supported
    if answered.issuer != metadata.issuer and (needed or answered.issuer is not None):
        raise BadCode("another provider sent them back, or did not say which it is")


async def verified(
    issuer: Issuer, metadata: Metadata, tokens: Tokens, asked: Asked
) -> dict[str, Any]:
    """The claims of the ID token, whose key is fetched anew once when nobody knows it."""
    header = id_tokens.header_of(tokens.id_token, metadata.id_token_signing_alg_values_supported)
    key = await _key(issuer, header)
    client_id = asked.client.client_id
    expected = Expected(issuer.issuer, client_id, asked.nonce, tokens.access_token)
    return id_tokens.verify(tokens.id_token, key, expected)


async def _key(issuer: Issuer, header: Header) -> Jwk:
    try:
        return key_for(header, await issuer.keys.get())
    except KeyMissing:
        return key_for(header, await issuer.keys.renewed())
