"""A row of everything that reaches outside, whatever the API would make of it."""

from uuid import UUID

from domain.clock import now
from domain.database import Transaction
from domain.ids import new_id
from domain.models.identity.accounts import Session
from domain.models.identity.members import Member
from domain.models.identity.providers import Identity, IdentityProvider, SignInFlow
from domain.models.identity.tokens import AccessToken
from domain.models.integration.webhooks import Attempt, Delivery, Webhook, WebhookHealth
from tests.ledger_checks import excuse


async def reach_outside(tx: Transaction, organization_id: UUID, member_id: UUID) -> None:
    """Store one row in each table of tokens, webhooks and identity providers."""
    excuse(organization_id)  # nobody told the ledger
    here = {"organization_id": organization_id}
    mine = {**here, "member_id": member_id}
    await _token(tx, mine)
    await _webhook(tx, here, mine)
    await _provider(tx, here, mine)


async def _token(tx: Transaction, mine: dict[str, UUID]) -> None:
    member = await tx.entity(Member, (mine["organization_id"], mine["member_id"]))
    assert member is not None
    assert member.account_id is not None
    session = Session(account_id=member.account_id, seed=b"seed", scopes=["read"], **mine)
    await tx.add(session)
    secret, by = new_id().bytes, mine["member_id"]
    more = {"name": "t", "ending": "abcd", "secret_hash": secret, "created_by": by}
    await tx.add(AccessToken(session_id=session.id, **more, **mine))


async def _webhook(tx: Transaction, here: dict[str, UUID], mine: dict[str, UUID]) -> None:
    told = {"name": "w", "url": "https://w.example", "events": [], "secret": b"s"}
    webhook = Webhook(created_by=mine["member_id"], **told, **mine)
    await tx.add(webhook)
    await tx.add(WebhookHealth(id=webhook.id, **here))
    delivery = Delivery(webhook_id=webhook.id, event="ping", payload="{}", **here)
    await tx.add(delivery)
    await tx.add(Attempt(delivery_id=delivery.id, number=1, milliseconds=1, **here))


async def _provider(tx: Transaction, here: dict[str, UUID], mine: dict[str, UUID]) -> None:
    told = {"name": "p", "issuer": "https://p.example", "client_id": "c", "scopes": []}
    provider = IdentityProvider(redirect_uris=[], created_by=mine["member_id"], **told, **here)
    await tx.add(provider)
    await tx.add(Identity(provider_id=provider.id, issuer="i", subject="s", **mine))
    hashes = {"secret_hash": new_id().bytes, "state_hash": b"s", "verifier": b"v"}
    back = {"nonce": "n", "redirect_uri": "https://f.example", "expires_at": now()}
    await tx.add(SignInFlow(provider_id=provider.id, **hashes, **back, **here))
