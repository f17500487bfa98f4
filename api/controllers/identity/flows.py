"""The way to an identity provider and back, for signing in and for linking."""

from typing import NamedTuple
from uuid import UUID

from litestar.datastructures import State

from api.auth import sending
from api.auth.exchange import Client
from api.auth.kept import Unavailable
from api.auth.secrets import Opened
from api.auth.vault import Unsealable, Vault
from api.auth.vouched import Answered, Asked, log, vouched_for
from api.schemas.identity.sign_ins import SignInCompletion, SignInFlow
from domain.database import Row, Transaction
from domain.errors import FieldError, Invalid
from domain.queries.identity.providers import open_provider
from domain.rules.providers import returns_safely
from domain.rules.vouching import Vouched
from domain.services.steps.flows import Brought, Way, begin, take
from domain.services.steps.turning_away import (
    ProviderRefused,
    ProviderUnavailable,
    SignInByProviderRefused,
)

KIND = "signin"
LATER = ("server_error", "temporarily_unavailable")
"""Errors of RFC 6749, section 4.1.2.1, that may be gone in a minute."""


class Wish(NamedTuple):
    """By which provider somebody wants to be known, and where their browser is to come back to."""

    provider_id: UUID
    redirect_uri: str
    device: str = ""
    member_id: UUID | None = None
    invitation_id: UUID | None = None


async def away(state: State, tx: Transaction, organization_id: UUID, wish: Wish) -> SignInFlow:
    """Where to send the browser. No connection is held while the provider is asked."""
    provider = await open_provider(tx, wish.provider_id)
    if provider is None:
        raise _fault("There is no such identity provider here.", "unknown_identity_provider")
    its_own = returns_safely(wish.redirect_uri, wish.provider_id)
    if wish.redirect_uri not in provider["redirect_uris"] or not its_own:
        detail = "Nobody is sent back to this address: take one that the provider has here."
        raise _fault(detail, "bad_redirect_uri", "redirect_uri")
    await tx.pause()
    try:
        metadata = await state.issuers.of(provider["issuer"]).metadata.get()
    except Unavailable:
        raise ProviderUnavailable from None
    sent, minted = sending.sent(), state.secrets.mint(KIND, organization_id)
    way = Way(
        secret_hash=minted.digest,
        state=sent.state,
        nonce=sent.nonce,
        verifier=state.vault.seal(sent.verifier.encode()),
        **wish._asdict(),
    )
    flow = await begin(tx, organization_id, way)
    url = sending.authorization_url(
        metadata, provider["client_id"], wish.redirect_uri, provider["scopes"], sent
    )
    return SignInFlow(authorization_url=url, flow=minted.text, expires_at=flow.expires_at)


async def back(
    state: State, tx: Transaction, opened: Opened | None, data: SignInCompletion, by: UUID | None
) -> tuple[Row, Vouched]:
    """The flow, used up, and whom the provider means. `by` is the member who links themselves."""
    if opened is None or opened.organization_id is None:
        raise SignInByProviderRefused
    brought = Brought(opened.organization_id, opened.digests, data.state, data.redirect_uri)
    flow = await take(tx, brought, by)
    if data.code is None:
        raise ProviderUnavailable if data.error in LATER else ProviderRefused
    provider = await open_provider(tx, flow["provider_id"])
    await tx.pause()
    if provider is None:
        raise SignInByProviderRefused
    asked = _asked(state.vault, provider, flow)
    return flow, await vouched_for(state.issuers, asked, Answered(data.code, data.iss))


def _asked(vault: Vault, provider: Row, flow: Row) -> Asked:
    """The provider with what was sealed; ProviderUnavailable where the key of that is gone."""
    try:
        secret = provider["client_secret"] and vault.open(provider["client_secret"]).decode()
        verifier = vault.open(flow["verifier"]).decode()
    except Unsealable:
        log.error("provider %s: its secret was sealed with a key that is gone", provider["id"])
        raise ProviderUnavailable from None
    client = Client(provider["client_id"], secret)
    return Asked(provider, client, flow["nonce"], flow["redirect_uri"], verifier)


def _fault(detail: str, code: str, field: str = "provider_id") -> Invalid:
    return Invalid(detail, code=code, errors=[FieldError(detail, code, pointer=f"#/{field}")])
