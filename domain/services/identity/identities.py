"""Linking oneself to an identity provider, and taking it back."""

from uuid import UUID

from sqlalchemy import delete

from domain import ledger
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import Conflict, NotFound
from domain.models.identity.accounts import Session
from domain.models.identity.providers import Identity
from domain.queries.identity import accounts, identities
from domain.queries.identity.ways_in import other_way
from domain.rules.vouching import Vouched
from domain.services.steps import vouching
from domain.services.steps.ending import end_sessions_of_provider
from domain.services.steps.returning import anew
from domain.services.steps.turning_away import IdentityTaken


async def link(tx: Transaction, actor: Actor, flow: Row, vouched: Vouched) -> UUID:
    """Let the provider's word for this subject stand for the actor; the identity's id."""
    await ledger.lock_organization(tx, actor)
    actor = await anew(tx, actor)
    provider = await vouching.still_open(tx, flow, vouched)
    known = await identities.known(tx, provider["id"], vouched.issuer, vouched.subject)
    if known is None:
        return (await vouching.remember(tx, provider["id"], actor.member_id, vouched)).id
    if known["member_id"] != actor.member_id:
        raise IdentityTaken
    return (await vouching.renew(tx, known["id"], vouched)).id


async def unlink(tx: Transaction, actor: Actor, identity_id: UUID) -> None:
    """Take one's own identity back, unless nothing else lets one in; its sessions end.

    The session that asks goes on. Whoever unlinks two at once keeps one of them.
    """
    await accounts.held(tx, actor.account_id)
    identity = await tx.entity(Identity, (actor.organization_id, identity_id))
    if identity is None or identity.member_id != actor.member_id:
        raise NotFound
    if not await other_way(tx, actor, identity_id):
        detail = "Nothing else lets you in: set a password or link another identity first."
        raise Conflict(detail, code="last_way_in")
    unit = await tx.session()
    await unit.execute(
        delete(Identity).where(
            Identity.organization_id == actor.organization_id, Identity.id == identity_id
        )
    )
    others = Session.member_id == actor.member_id, Session.id != actor.session_id
    await end_sessions_of_provider(tx, actor.organization_id, identity.provider_id, *others)
