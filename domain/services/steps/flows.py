"""Ways to an identity provider and back: begun, taken once, dropped."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, text

from domain.clock import now
from domain.database import Row, Transaction, hot
from domain.models.identity.providers import SignInFlow
from domain.services.steps.turning_away import SignInByProviderRefused

LIFETIME = timedelta(minutes=10)
_TAKE = hot(
    text(
        """
        DELETE FROM sign_in_flows
        WHERE organization_id = CAST(:organization_id AS uuid)
          AND secret_hash = ANY(CAST(:digests AS bytea[]))
        RETURNING id, provider_id, state_hash, nonce, verifier, redirect_uri, device, member_id,
                  invitation_id, created_at, expires_at
        """
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How somebody is sent away: what they must bring back, and what they came for."""

    provider_id: UUID
    secret_hash: bytes
    state: str
    nonce: str
    verifier: bytes
    redirect_uri: str
    device: str = ""
    member_id: UUID | None = None
    invitation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brings back who was sent away, and the address at which they arrived."""

    organization_id: UUID
    digests: Sequence[bytes]
    state: str
    redirect_uri: str


async def begin(tx: Transaction, organization_id: UUID, way: Way) -> SignInFlow:
    """Remember for ten minutes how somebody was sent away; what is older goes."""
    at, unit = now(), await tx.session()
    await unit.execute(
        delete(SignInFlow).where(
            SignInFlow.organization_id == organization_id, SignInFlow.expires_at < at
        )
    )
    flow = SignInFlow(
        organization_id=organization_id,
        provider_id=way.provider_id,
        secret_hash=way.secret_hash,
        state_hash=_hashed(way.state),
        nonce=way.nonce,
        verifier=way.verifier,
        redirect_uri=way.redirect_uri,
        device=way.device,
        member_id=way.member_id,
        invitation_id=way.invitation_id,
        created_at=at,
        expires_at=at + LIFETIME,
    )
    await tx.add(flow)
    return flow


async def take(tx: Transaction, brought: Brought, member_id: UUID | None) -> Row:
    """The flow that a secret stands for, which is good for nothing more, whatever comes of it.

    `member_id` is who links an identity to themselves; None for somebody who signs in. Commits.
    """
    await tx.enter(brought.organization_id)
    flow = await tx.row(
        _TAKE, organization_id=brought.organization_id, digests=list(brought.digests)
    )
    await tx.pause()
    if flow is None or not _fits(flow, brought, member_id):
        raise SignInByProviderRefused
    return flow


def _fits(flow: Row, brought: Brought, member_id: UUID | None) -> bool:
    """Whoever arrives at another provider's address has a code that is not this provider's."""
    same = hmac.compare_digest(flow["state_hash"], _hashed(brought.state))
    same = same and flow["redirect_uri"] == brought.redirect_uri
    return same and flow["member_id"] == member_id and now() < flow["expires_at"]


async def drop_flows(tx: Transaction, organization_id: UUID, provider_id: UUID) -> None:
    """Let nobody come back from a provider who is underway now."""
    await _drop(tx, organization_id, SignInFlow.provider_id == provider_id)


async def drop_flows_elsewhere(
    tx: Transaction, organization_id: UUID, provider_id: UUID, uris: Sequence[str]
) -> None:
    """Let nobody come back to an address that is none of a provider's any more."""
    which = SignInFlow.provider_id == provider_id, SignInFlow.redirect_uri.not_in(uris)
    await _drop(tx, organization_id, and_(*which))


async def _drop(tx: Transaction, organization_id: UUID, which: Any) -> None:
    unit = await tx.session()
    await unit.execute(
        delete(SignInFlow).where(SignInFlow.organization_id == organization_id, which)
    )


def _hashed(state: str) -> bytes:
    return sha256(state.encode()).digest()
