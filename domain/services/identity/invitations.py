"""Invitations: send, send again, revoke."""

import math
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Conflict, FieldError, NotFound, Throttled
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.identity.invitations import Invitation
from domain.policy import require
from domain.queries.identity.invitations import invitation as invitation_row
from domain.queries.identity.invitations import is_member
from domain.roles import May
from domain.rules.emails import normalize
from domain.services.steps.changing import change
from domain.services.steps.places import current
from domain.services.steps.references import check_references
from domain.services.steps.subjects import entity
from domain.words import InvitationStatus

LIFETIME = timedelta(days=14)
BREATHER = timedelta(minutes=1)
"""What must pass before a letter is sent again."""


async def send(
    tx: Transaction, actor: Actor, fields: Mapping[str, Any], digest: bytes
) -> Invitation:
    """Invite a person; whoever has the secret of this digest can accept, once, for two weeks."""
    head = await ledger.lock_organization(tx, actor)
    require(actor, May.MANAGE_INVITATIONS, actor.standing())
    await check_references(tx, actor, fields)
    email = normalize(fields["email"])
    if await is_member(tx, actor, email):
        detail = "Somebody with this address is a member already."
        error = FieldError(detail, "already_member", pointer="#/email")
        raise Conflict(detail, code="already_member", errors=[error])
    invitation = Invitation(
        organization_id=actor.organization_id,
        invited_by=actor.member_id,
        secret_hash=digest,
        expires_at=now() + LIFETIME,
        **{**fields, "email": email},
    )
    await tx.add(invitation)
    await ledger.record(tx, actor, head, Fact(Verb.INVITATION_SENT, invitation))
    return invitation


async def read(tx: Transaction, actor: Actor, invitation_id: UUID) -> Row:
    """One invitation, for those who may send them."""
    require(actor, May.MANAGE_INVITATIONS, actor.standing())
    return await invitation_row(tx, actor, invitation_id)


async def resend(tx: Transaction, actor: Actor, invitation_id: UUID, digest: bytes) -> Invitation:
    """Invite again with a new secret and a new term; the secret sent before opens nothing more."""
    head, invitation = await _found(tx, actor, invitation_id)
    if invitation.status != InvitationStatus.PENDING:
        raise Conflict(
            f"This invitation was {invitation.status}: invite the person anew.",
            code="invitation_closed",
        )
    rest = invitation.updated_at + BREATHER - now()
    if rest > timedelta():
        detail = "The letter has only just been sent: wait as long as Retry-After says."
        raise Throttled(math.ceil(rest.total_seconds()), detail)
    change(invitation, {"secret_hash": digest, "expires_at": now() + LIFETIME})
    await ledger.record(tx, actor, head, Fact(Verb.INVITATION_RESENT, invitation))
    return invitation


async def revoke(tx: Transaction, actor: Actor, invitation_id: UUID, expected: int) -> None:
    """Take an invitation back before it is accepted."""
    head, invitation = await _found(tx, actor, invitation_id)
    if invitation.status == InvitationStatus.REVOKED:
        raise NotFound
    if invitation.status == InvitationStatus.ACCEPTED:
        detail = "This invitation was accepted: suspend or erase the member instead."
        raise Conflict(detail, code="invitation_closed")
    current(invitation.version, expected)
    change(invitation, {"status": InvitationStatus.REVOKED.value})
    await ledger.record(tx, actor, head, Fact(Verb.INVITATION_REVOKED, invitation))


async def _found(tx: Transaction, actor: Actor, invitation_id: UUID) -> tuple[Locked, Invitation]:
    """Who may not manage invitations is told so before any is looked for."""
    head = await ledger.lock_organization(tx, actor)
    require(actor, May.MANAGE_INVITATIONS, actor.standing())
    return head, await entity(tx, actor, Invitation, invitation_id)
